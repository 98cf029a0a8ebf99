using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>The form, or a group, repeat or loop in it, while its rows are being read.</summary>
internal sealed class Frame(string kind, string name, string path, TableRow? row)
{
    /// <summary>survey, group, repeat or loop.</summary>
    public string Kind { get; } = kind;

    public string Name { get; } = name;

    /// <summary>The path that its children's paths begin with.</summary>
    public string Path { get; } = path;

    public TableRow? Row { get; } = row;

    public List<FormNode> Children { get; init; } = [];

    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public HashSet<string> LowerNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Where an entity may be declared: from the root down to here.</summary>
    public EntityScope Scope { get; init; } = EntityScope.Root;

    /// <summary>The list that a loop goes through.</summary>
    public string? LoopList { get; init; }

    /// <summary>The section as it will stand in the form; its children are <see cref="Children"/>.</summary>
    public FormSection? Section { get; init; }
}

/// <summary>A name that a row of the survey refers to, to be looked up once all rows are read.</summary>
internal sealed record PendingReference(string Name, FormPlace Place);

/// <summary>All that reading a row may need to know or to note.</summary>
internal sealed class SurveyContext(Workbook workbook, Table table, SettingsDraft settings, ProblemLog log)
{
    public Workbook Workbook { get; } = workbook;

    public Table Table { get; } = table;

    public SettingsDraft Draft { get; } = settings;

    public FormSettings Settings { get; set; } = settings.Settings;

    public ProblemLog Log { get; } = log;

    public required ChoicesDraft Choices { get; init; }

    public required IReadOnlySet<string>? ExternalLists { get; init; }

    public required ILookup<string, FormTag> Tags { get; init; }

    public required EntitiesDraft Entities { get; init; }

    public required XlsFormLimits Limits { get; init; }

    public Stack<Frame> Frames { get; } = new();

    public Frame Current => Frames.Peek();

    public List<FormNode> Meta { get; } = [];

    /// <summary>Names of questions, which triggers may name.</summary>
    public HashSet<string> QuestionNames { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each name stands in the survey; a reference needs exactly once.</summary>
    public Dictionary<string, int> NameCounts { get; } = new(StringComparer.Ordinal);

    public HashSet<string> RepeatNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows of data files; what stands in them goes nowhere.</summary>
    public HashSet<int> DataFileRows { get; } = [];

    public HashSet<string> DataFileNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Lists and files that questions read, by the name of their instance.</summary>
    public HashSet<string> InstanceNames { get; } = new(StringComparer.Ordinal);

    public List<PendingReference> Triggers { get; } = [];

    public List<PendingReference> Geometries { get; } = [];

    /// <summary>The list of the table-list group that is open; empty when its first select is still to come; null outside of one.</summary>
    public string? TableList { get; set; }

    public bool UsesOrOther { get; set; }

    /// <summary>Lists whose first question of several answers has the rule that "none" excludes the others.</summary>
    public HashSet<string> ListsWithNone { get; } = new(StringComparer.Ordinal);

    public string PathOf(string name) => $"{Current.Path}/{name}";

    public void Add(FormNode node) => Current.Children.Add(node);

    public void Error(string code, string message, TableRow row, string column) => Log.Error(code, message, Table.Place(row, column));

    public void Error(string code, string message, TableRow row, string bundle, string name) => Log.Error(code, message, Table.Place(row, bundle, name));
}
