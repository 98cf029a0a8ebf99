using System.Text;
using System.Xml.Linq;

namespace Amana.XForms.Evaluation;

/// <summary>Lists that forms look things up in, as trees <c>root/item/column</c>.</summary>
public static class ItemLists
{
    private const int MostItems = 1_000_000;

    /// <summary>A list out of an XML element; the result is the document node above it.</summary>
    public static InstanceNode FromElement(XElement root)
    {
        var document = new InstanceNode("");
        var open = new Stack<(XElement Element, InstanceNode Parent)>([(root, document)]);
        while (open.Count > 0)
        {
            var (element, parent) = open.Pop();
            var node = new InstanceNode(string.Intern(element.Name.LocalName), element.HasElements ? "" : element.Value);
            parent.Add(node);
            foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
                node.Add(new InstanceNode(string.Intern(attribute.Name.LocalName), attribute.Value) { IsAttribute = true });
            foreach (var child in element.Elements().Reverse())
                open.Push((child, node));
        }

        return document;
    }

    /// <summary>A list out of comma-separated text (RFC 4180) whose first row names the columns; the result is the document node above it.</summary>
    public static InstanceNode FromCsv(string csv)
    {
        var document = new InstanceNode("");
        var root = new InstanceNode("root");
        document.Add(root);
        string[]? columns = null;
        var count = 0;
        foreach (var row in Rows(csv.TrimStart('\uFEFF')))
        {
            if (columns is null)
            {
                columns = [.. row.Select(name => string.Intern(name.Trim()))];
                continue;
            }

            if (++count > MostItems)
                break;
            var item = new InstanceNode("item");
            for (var i = 0; i < columns.Length; i++)
            {
                if (columns[i].Length > 0)
                    item.Add(new InstanceNode(columns[i], i < row.Count ? row[i] : ""));
            }

            root.Add(item);
        }

        return document;
    }

    private static IEnumerable<List<string>> Rows(string csv)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (quoted && c == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                cell.Append(csv[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (quoted || (c is not (',' or '\n' or '\r')))
                cell.Append(c);
            else if (c != '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString());
            yield return row;
        }
    }
}
