using System.Globalization;
using System.Text;
using Amana.Features.Demo;

namespace Amana.Cli.Bench;

/// <summary>A form for trials of speed and made-up submissions to it: questions of many kinds with limits, conditions and calculations, and a repeat with three turns.
/// The same seed gives the same answers.</summary>
internal sealed class TrialForm
{
    private const int Turns = 3;
    private static readonly string[] Kinds = ["select_one level", "integer", "select_one yes_no", "text", "select_multiple concern", "decimal", "date", "calculate"];
    private static readonly (string List, string[] Names)[] Lists =
    [
        ("yes_no", ["yes", "no"]), ("sex", ["female", "male", "pns"]), ("district", ["QZ0201", "QZ0202", "QZ0203", "QZ0204"]),
        ("level", ["none", "some", "a_lot", "cannot", "dnk"]), ("concern", ["safety", "papers", "separation", "eviction", "services"]), ("relation", ["child", "spouse", "parent", "other"]),
    ];

    private readonly List<(string Type, string Name, string Relevant, string Constraint, string Calculation)> _rows = [];

    /// <param name="questions">Questions outside the repeat, at least 20.</param>
    public TrialForm(int questions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(questions, 20);
        Questions = questions;
        foreach (var (type, name, constraint) in new[] { ("today", "interview_date", ""), ("select_one yes_no", "consent", ""), ("select_one yes_no", "consent_sharing", ""), ("text", "full_name", ""),
            ("select_one sex", "sex", ""), ("integer", "age", ". >= 0 and . <= 110"), ("select_one yes_no", "disability", ""), ("select_one district", "district", ""), ("integer", "household_size", ". >= 1 and . <= 40") })
            _rows.Add((type, name, name is "interview_date" or "consent" ? "" : "${consent} = 'yes'", constraint, ""));
        for (var i = _rows.Count; i < questions; i++)
            _rows.Add(Question(i));
    }

    public int Questions { get; }

    public string Id => "trial_" + Questions.ToString(CultureInfo.InvariantCulture);

    /// <summary>The XLSForm as CSV.</summary>
    public byte[] Workbook()
    {
        var csv = new StringBuilder("survey\n,type,name,label::English (en),required,relevant,constraint,calculation\n");
        foreach (var row in _rows)
            Row(csv, row.Type, row.Name, row.Type == "calculate" ? "" : "Question " + row.Name, row.Name is "consent" or "sex" ? "yes" : "", row.Relevant, row.Constraint, row.Calculation);
        Row(csv, "begin repeat", "member", "Members of the household", "", "${consent} = 'yes'", "", "");
        Row(csv, "select_one relation", "member_relation", "Relation", "yes", "", "", "");
        Row(csv, "integer", "member_years", "Years", "", "", ". >= 0 and . <= 110", "");
        Row(csv, "select_one sex", "member_sex", "Sex", "", "", "", "");
        Row(csv, "end repeat", "", "", "", "", "", "");
        csv.Append("choices\n,list_name,name,label::English (en)\n");
        foreach (var (list, names) in Lists)
            foreach (var name in names)
                csv.Append(CultureInfo.InvariantCulture, $",{list},{name},Choice {name}\n");
        csv.Append(CultureInfo.InvariantCulture, $"settings\n,form_title,form_id,version\n,Trial of {Questions} questions,{Id},1\n");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>A submission that keeps every rule of the form; the instance id is written with zeroes, to be replaced.</summary>
    public string Submission(MadeUp people)
    {
        var xml = new StringBuilder($"<data id=\"{Id}\" version=\"1\">");
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in _rows)
            xml.Append(CultureInfo.InvariantCulture, $"<{row.Name}>{System.Security.SecurityElement.Escape(Answer(row.Type, row.Name, row.Calculation, people, numbers))}</{row.Name}>");
        for (var turn = 0; turn < Turns; turn++)
            xml.Append(CultureInfo.InvariantCulture, $"<member><member_relation>{Of("relation", people)}</member_relation><member_years>{people.Age()}</member_years><member_sex>{Of("sex", people)}</member_sex></member>");
        return xml.Append("<meta><instanceID>uuid:00000000-0000-0000-0000-000000000000</instanceID></meta></data>").ToString();
    }

    private static (string, string, string, string, string) Question(int i)
    {
        var kind = Kinds[i % Kinds.Length];
        var name = "q" + i.ToString("D3", CultureInfo.InvariantCulture);
        var constraint = kind switch { "integer" => ". >= 0 and . <= 500", "decimal" => ". >= 0", "text" => "string-length(.) < 400", _ => "" };
        // Every calculation works on the whole number six questions before it and on the household's size.
        var calculation = kind == "calculate" ? $"if(${{q{i - 6:D3}}} > 10, ${{q{i - 6:D3}}} * 2, 0) + ${{household_size}}" : "";
        return kind == "calculate" && i - 6 < 9
            ? ("select_one level", name, "${consent} = 'yes'", "", "")
            : (kind, name, kind == "calculate" ? "" : i % 5 == 0 ? "${consent} = 'yes' and ${age} >= 0" : "${consent} = 'yes'", constraint, calculation);
    }

    private static string Answer(string type, string name, string calculation, MadeUp people, Dictionary<string, int> numbers) => (type, name) switch
    {
        (_, "consent" or "consent_sharing") => "yes",
        (_, "full_name") => people.Name(),
        (_, "age") => people.Age().ToString(CultureInfo.InvariantCulture),
        (_, "household_size") => Keep(name, 1 + people.Below(9), numbers),
        ("today" or "date", _) => string.Create(CultureInfo.InvariantCulture, $"2026-11-{1 + people.Below(20):D2}"),
        ("integer", _) => Keep(name, people.Below(40), numbers),
        ("decimal", _) => string.Create(CultureInfo.InvariantCulture, $"{people.Below(900)}.5"),
        ("text", _) => people.Chance(0.5) ? "They told us to come back another day and kept our papers for some hours." : "Nothing more",
        ("select_multiple concern", _) => people.Some(Lists[4].Names),
        ("calculate", _) => Calculated(calculation, numbers),
        _ => Of(type["select_one ".Length..], people),
    };

    private static string Keep(string name, int number, Dictionary<string, int> numbers) => (numbers[name] = number).ToString(CultureInfo.InvariantCulture);

    private static string Calculated(string calculation, Dictionary<string, int> numbers)
    {
        var number = numbers[calculation.Split('{', '}')[1]];
        return ((number > 10 ? number * 2 : 0) + numbers["household_size"]).ToString(CultureInfo.InvariantCulture);
    }

    private static string Of(string list, MadeUp people)
    {
        var names = Lists.First(l => l.List == list).Names;
        return names[people.Below(names.Length)];
    }

    private static void Row(StringBuilder csv, params string[] cells) => csv.Append(',').AppendJoin(',', cells.Select(c => $"\"{c}\"")).Append('\n');
}
