using Amana.Domain.Forms;

namespace Amana.Features.Sharing.Packages;

/// <summary>Columns, codes and their words as a table: the codebook of a release.</summary>
internal static class Codebook
{
    public static IReadOnlyList<string> Head { get; } = ["column", "label", "type", "hxl", "known_beforehand", "code", "code_label"];

    public static IEnumerable<IReadOnlyList<string?>> Lines(IReadOnlyList<PackedColumn> columns, string language)
    {
        yield return ["row", "", "text", HxlTags.Row, "no", "", ""];
        foreach (var column in columns)
        {
            IReadOnlyList<ElementChoice> choices = column.Choices.Count > 0 ? column.Choices : [new ElementChoice("", Domain.Shared.LocalText.Empty)];
            foreach (var choice in choices)
                yield return [column.Name, column.Label.In(language), Word(column.Kind), column.Hxl, column.IsKey ? "yes" : "no", choice.Code, choice.Label.In(language)];
        }
    }

    private static string Word(ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => "integer", ColumnKind.Decimal => "number", ColumnKind.Day => "date", ColumnKind.Choice => "code", _ => "text",
    };
}
