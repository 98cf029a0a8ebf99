using Amana.Domain.Forms;
using Amana.Domain.Shared;
using Amana.Features.Records;

namespace Amana.Web.Records;

/// <summary>Opened answers in words.</summary>
public static class ShownAnswers
{
    /// <summary>The answer in words: choices by their label.</summary>
    public static string Words(Element? element, Sensitive<string> answer, string language)
    {
        var value = answer.Reveal();
        if (element is not { IsCoded: true } coded)
            return value;
        return string.Join(", ", value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => coded.Choices.FirstOrDefault(x => x.Code == c)?.Label.In(language) is { Length: > 0 } label ? label : c));
    }
}

/// <summary>Opened words about a record, and the names of the staff who wrote them.</summary>
public sealed record ShownComments(IReadOnlyList<OpenedComment> Comments, IReadOnlyDictionary<StaffId, string> Staff);
