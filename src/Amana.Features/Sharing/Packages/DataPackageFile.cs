using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Amana.Features.Platform;

namespace Amana.Features.Sharing.Packages;

/// <summary>What stands about a copy in every file that describes it.</summary>
internal sealed record CopyFacts(string Name, string Title, string Description, string Need, string Recipient, string Giver, string AgreementTitle, string Country, string PlaceCode, DateOnly Issued, DateOnly ExpiresOn);

/// <summary>The description of a package for programs: Frictionless Data Package and Tabular Data Resource (specifications v1), with a schema for each table and the hash of each file.</summary>
internal static class DataPackageFile
{
    private static readonly JsonSerializerOptions Written = new(Mapping.Json) { WriteIndented = true };

    public static byte[] Write(CopyFacts facts, PackedRelease copy, byte[] csv, byte[] codebook, string language)
    {
        var fields = new JsonArray(Field("row", "string", HxlTags.Row, null, null, unique: true));
        foreach (var column in copy.Columns)
            fields.Add(Field(column.Name, TypeOf(column.Kind), column.Hxl, column.Label.In(language), column.Kind == ColumnKind.Choice && column.Choices.Count > 0 ? [.. column.Choices.Select(c => c.Code)] : null));
        var codebookFields = new JsonArray([.. Codebook.Head.Select(name => Field(name, "string", null, null, null))]);
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["profile"] = "tabular-data-package", ["name"] = facts.Name, ["title"] = facts.Title, ["description"] = facts.Description, ["created"] = facts.Issued.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + "T00:00:00Z",
            ["contributors"] = new JsonArray(new JsonObject { ["title"] = facts.Giver, ["role"] = "publisher" }),
            ["resources"] = new JsonArray(
                Resource("data", "data.csv", csv, new JsonObject { ["fields"] = fields, ["missingValues"] = new JsonArray(""), ["primaryKey"] = "row" }, new JsonObject { ["commentChar"] = "#" }),
                Resource("codebook", "codebook.csv", codebook, new JsonObject { ["fields"] = codebookFields, ["missingValues"] = new JsonArray("") }, null)),
        }.ToJsonString(Written));
    }

    private static JsonObject Resource(string name, string path, byte[] content, JsonObject schema, JsonObject? dialect)
    {
        var resource = new JsonObject
        {
            ["profile"] = "tabular-data-resource", ["name"] = name, ["path"] = path, ["format"] = "csv", ["mediatype"] = "text/csv", ["encoding"] = "utf-8", ["bytes"] = content.Length,
            ["hash"] = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)), ["schema"] = schema,
        };
        if (dialect is not null)
            resource["dialect"] = dialect;
        return resource;
    }

    private static JsonObject Field(string name, string type, string? hxl, string? title, string[]? codes, bool unique = false)
    {
        var field = new JsonObject { ["name"] = name, ["type"] = type };
        if (!string.IsNullOrEmpty(title))
            field["title"] = title;
        if (hxl is not null)
            field["hxl"] = hxl;
        if (codes is not null)
            field["constraints"] = new JsonObject { ["enum"] = new JsonArray([.. codes.Select(c => (JsonNode)c)]) };
        else if (unique)
            field["constraints"] = new JsonObject { ["required"] = true, ["unique"] = true };
        return field;
    }

    private static string TypeOf(ColumnKind kind) => kind switch { ColumnKind.Whole => "integer", ColumnKind.Decimal => "number", ColumnKind.Day => "date", _ => "string" };
}

/// <summary>The description of a package for archives and statisticians: DDI Codebook 2.5. No frequencies are given: small ones would show through.</summary>
internal static class DdiCodebook
{
    private const string Space = "ddi:codebook:2_5";

    public static byte[] Write(CopyFacts facts, PackedRelease copy, string language)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("codeBook", Space);
            xml.WriteAttributeString("version", "2.5");
            xml.WriteAttributeString("xml", "lang", null, language);
            Study(xml, facts);
            File(xml, copy);
            Variables(xml, copy, language);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Study(XmlWriter xml, CopyFacts facts)
    {
        xml.WriteStartElement("stdyDscr", Space);
        Within(xml, "citation", () =>
        {
            Within(xml, "titlStmt", () => { Text(xml, "titl", facts.Title); Text(xml, "IDNo", facts.Name); });
            Within(xml, "prodStmt", () => Text(xml, "producer", facts.Giver));
            Within(xml, "distStmt", () => Text(xml, "distDate", facts.Issued.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        });
        Within(xml, "stdyInfo", () =>
        {
            Text(xml, "abstract", facts.Need);
            Within(xml, "sumDscr", () => { Text(xml, "nation", facts.Country); Text(xml, "geogCover", facts.PlaceCode); Text(xml, "anlyUnit", "Individual"); });
        });
        Within(xml, "method", () => Within(xml, "dataColl", () => Text(xml, "sampProc", facts.Description)));
        Within(xml, "dataAccs", () => Within(xml, "useStmt", () => { Text(xml, "confDec", facts.AgreementTitle); Text(xml, "restrctn", facts.Recipient); }));
        xml.WriteEndElement();
    }

    private static void File(XmlWriter xml, PackedRelease copy)
    {
        xml.WriteStartElement("fileDscr", Space);
        xml.WriteAttributeString("ID", "F1");
        Within(xml, "fileTxt", () =>
        {
            Text(xml, "fileName", "data.csv");
            Within(xml, "dimensns", () => { Text(xml, "caseQnty", Number(copy.Rows.Count)); Text(xml, "varQnty", Number(copy.Columns.Count + 1)); });
            Text(xml, "fileType", "text/csv");
        });
        xml.WriteEndElement();
    }

    private static void Variables(XmlWriter xml, PackedRelease copy, string language) => Within(xml, "dataDscr", () =>
    {
        Variable(xml, 0, "row", "", ColumnKind.Text, []);
        for (var i = 0; i < copy.Columns.Count; i++)
        {
            var column = copy.Columns[i];
            Variable(xml, i + 1, column.Name, column.Label.In(language), column.Kind, [.. column.Choices.Select(c => (c.Code, c.Label.In(language)))]);
        }
    });

    private static void Variable(XmlWriter xml, int index, string name, string label, ColumnKind kind, IReadOnlyList<(string Code, string Label)> choices)
    {
        xml.WriteStartElement("var", Space);
        xml.WriteAttributeString("ID", "V" + Number(index));
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("files", "F1");
        xml.WriteAttributeString("intrvl", kind is ColumnKind.Whole or ColumnKind.Decimal ? "contin" : "discrete");
        Text(xml, "labl", label.Length > 0 ? label : name);
        foreach (var (code, words) in choices)
            Within(xml, "catgry", () => { Text(xml, "catValu", code); Text(xml, "labl", words.Length > 0 ? words : code); });
        xml.WriteStartElement("varFormat", Space);
        xml.WriteAttributeString("type", kind is ColumnKind.Whole or ColumnKind.Decimal ? "numeric" : "character");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Within(XmlWriter xml, string name, Action inside)
    {
        xml.WriteStartElement(name, Space);
        inside();
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string name, string words)
    {
        xml.WriteStartElement(name, Space);
        xml.WriteString(string.Concat(words.Where(XmlConvert.IsXmlChar)));
        xml.WriteEndElement();
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
