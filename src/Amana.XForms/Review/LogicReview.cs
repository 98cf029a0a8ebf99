using System.Globalization;
using System.Text.RegularExpressions;
using Amana.XForms.Evaluation;

namespace Amana.XForms.Review;

/// <summary>Constraints that force an answer, and patterns that hang devices.</summary>
internal static partial class LogicReview
{
    public static IEnumerable<FormFinding> Of(ReviewedForm form)
    {
        foreach (var question in form.Asked)
        {
            if (question.Question.Constraint is { } constraint && Forced(question, constraint) is { } forced)
                yield return forced;
        }

        foreach (var node in form.Form.Nodes.Where(n => !n.IsGenerated))
        {
            foreach (var attribute in node.Bind)
            {
                foreach (var pattern in Patterns(attribute.Value))
                {
                    if (Trouble(pattern) is { } trouble)
                        yield return new FormFinding(ReviewRules.HazardousPattern, trouble.Serious ? FindingSeverity.Serious : FindingSeverity.Concern, node.Path, new FormPlace("survey", node.Row, attribute.Name), trouble.Message, pattern);
                }
            }
        }
    }

    private static FormFinding? Forced(ReviewedQuestion question, string constraint)
    {
        var text = constraint.Trim();
        if (OneAnswer().IsMatch(text))
            return question.Finding(ReviewRules.ForcedAnswer, question.AsksConsent ? FindingSeverity.Serious : FindingSeverity.Concern, "constraint",
                question.AsksConsent ? "The constraint accepts only a yes. Consent that cannot be refused is none: let the no be stored and end the form." : "The constraint accepts one answer only. Let people give theirs.");
        var count = AtLeast().Match(text);
        if (question.Kind == QuestionKind.SelectMultiple && count.Success && int.TryParse(count.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && n + (count.Groups["op"].Value == ">" ? 1 : 0) > 1)
            return question.Finding(ReviewRules.ForcedAnswer, FindingSeverity.Concern, "constraint", "People must choose more answers than they may have. Ask for up to so many, not for at least so many.");
        return !question.IsRequired && NotEmpty().IsMatch(text)
            ? question.Finding(ReviewRules.ForcedAnswer, FindingSeverity.Note, "constraint", "The constraint demands an answer where none is required. Take it out, or require the answer openly.")
            : null;
    }

    /// <summary>The patterns written out in calls of regex().</summary>
    private static IEnumerable<string> Patterns(string expression)
    {
        foreach (Match call in RegexCall().Matches(expression))
            yield return call.Groups["one"].Success ? call.Groups["one"].Value : call.Groups["two"].Value;
    }

    private static (bool Serious, string Message)? Trouble(string pattern)
    {
        if (FormPattern.Matches("", pattern, out var trouble) is null)
            return (true, trouble + " The server cannot check it; write it in a simpler way.");
        return RepeatsARepeat(pattern) ? (false, "A repetition inside a repetition, as in (a+)+, can hang a phone on a long answer. Write it without nesting.") : null;
    }

    /// <summary>A group that holds an open repetition and is itself repeated without end.</summary>
    private static bool RepeatsARepeat(string pattern)
    {
        var holds = new Stack<bool>();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
                i++;
            else if (inClass || c == '[')
                inClass = c != ']';
            else if (c == '(')
                holds.Push(false);
            else if (c == ')' && holds.TryPop(out var repeated))
            {
                if (repeated && IsOpenRepeat(pattern, i + 1))
                    return true;
                if (repeated && holds.TryPop(out _))
                    holds.Push(true);
            }
            else if (IsOpenRepeat(pattern, i) && holds.TryPop(out _))
                holds.Push(true);
        }

        return false;
    }

    private static bool IsOpenRepeat(string pattern, int at) =>
        at < pattern.Length && (pattern[at] is '*' or '+' || (pattern[at] == '{' && pattern.IndexOf(",}", at, StringComparison.Ordinal) == pattern.IndexOf('}', at) - 1));

    [GeneratedRegex(@"^(?:\.\s*=\s*(?:'[^']*'|""[^""]*""|\d+)|selected\(\s*\.\s*,\s*(?:'[^']*'|""[^""]*"")\s*\))$", RegexOptions.NonBacktracking)]
    private static partial Regex OneAnswer();

    [GeneratedRegex(@"count-selected\(\s*\.\s*\)\s*(?<op>>=|>|=)\s*(?<n>\d{1,6})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"^(?:\.\s*!=\s*(?:''|"""")|string-length\(\s*\.\s*\)\s*(?:>\s*0|>=\s*1))$", RegexOptions.NonBacktracking)]
    private static partial Regex NotEmpty();

    [GeneratedRegex(@"regex\(\s*[^,()]*(?:\([^()]*\)[^,()]*)*,\s*(?:'(?<one>[^']*)'|""(?<two>[^""]*)"")\s*\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RegexCall();
}
