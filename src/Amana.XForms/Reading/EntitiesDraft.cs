using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>A row of the survey that an entity depends on: it saves a property of it, or its sheet refers to the row's question.</summary>
internal sealed record EntityUse(EntityScope Scope, string? Property, string? Question, FormPlace Place);

/// <summary>An entity with the rows that it depends on.</summary>
internal sealed record EntityDeclaration(FormEntity Entity, FormPlace Place, IReadOnlySet<string> Questions)
{
    public List<EntityUse> Uses { get; } = [];

    public HashSet<string> Properties { get; } = new(StringComparer.Ordinal);
}

/// <summary>The entities of the form while its rows are being read.</summary>
internal sealed class EntitiesDraft(IReadOnlyList<EntityDeclaration> declarations)
{
    public IReadOnlyList<EntityDeclaration> Declarations { get; } = declarations;

    public bool Has(string list) => Declarations.Any(d => d.Entity.ListName == list);

    /// <summary>Notes what the row has to do with entities, and takes the list's name off its save_to.</summary>
    public void NoteRow(TableRow row, bool isSection, bool isEnd, SurveyContext context)
    {
        if (row.Value("bind", "entities:saveto") is { } saveTo)
            NoteProperty(saveTo, row, isSection, context);
        if (isEnd || row.Value("name") is not { } name)
            return;
        foreach (var declaration in Declarations.Where(d => d.Questions.Contains(name)))
            declaration.Uses.Add(new EntityUse(context.Current.Scope, null, name, declaration.Place));
    }

    private void NoteProperty(string saveTo, TableRow row, bool isSection, SurveyContext context)
    {
        void Fault(string code, string message) => context.Error(code, message, row, "bind", "entities:saveto");
        var parts = saveTo.Split('#');
        var property = parts[^1];
        if (Declarations.Count == 0 && context.Workbook["entities"] is { Rows.Count: > 0 })
            return; // what is wrong with the sheet was told there
        if (Declarations.Count == 0)
            Fault("entity.none", "The answer is to be saved to an entity, but the form declares none. Add a sheet 'entities' with the columns list_name and label.");
        else if (parts.Length > 2)
            Fault("entity.save-to", "There can be one # only, between the entity list and the property.");
        else if (parts.Length == 1 && Declarations.Count > 1)
            Fault("entity.save-to", $"The form has several entity lists, so write which one: list#{property}.");
        else if (Find(parts) is not { } declaration)
            Fault("entity.no-list", $"The sheet 'entities' has no list '{parts[0]}'.");
        else if (isSection)
            Fault("entity.save-to", "Only the answer to a question can be saved to an entity, not a group or repeat. Empty the cell.");
        else if (NameFault(property) is { } fault)
            Fault("entity.property-name", $"'{property}' cannot name a property of an entity: {fault}.");
        else if (!declaration.Properties.Add(property))
            Fault("entity.property-twice", $"Another question already saves the property '{property}' of '{declaration.Entity.ListName}'.");
        else
        {
            row.Replace("bind", "entities:saveto", property);
            declaration.Uses.Add(new EntityUse(context.Current.Scope, property, null, context.Table.Place(row, "bind", "entities:saveto")));
        }
    }

    private EntityDeclaration? Find(string[] parts) => parts.Length == 1 ? Declarations[0] : Declarations.FirstOrDefault(d => d.Entity.ListName == parts[0]);

    private static string? NameFault(string property)
    {
        if (property.Equals("name", StringComparison.OrdinalIgnoreCase) || property.Equals("label", StringComparison.OrdinalIgnoreCase))
            return "'name' and 'label' are taken";
        if (property.StartsWith("__", StringComparison.Ordinal))
            return "names that begin with two underscores are reserved";
        return XmlNames.IsElementName(property) ? null : "it must begin with a letter or underscore, and only letters, digits, underscores, hyphens and full stops may follow";
    }
}

/// <summary>Reads the entities sheet (ODK XForms entities specification).</summary>
internal static class EntitiesReader
{
    public static EntitiesDraft Read(Workbook workbook, SettingsDraft settings, ProblemLog log)
    {
        var found = new List<EntityDeclaration>();
        if (workbook["entities"] is not { Rows.Count: > 0 } sheet)
        {
            if (Misspellings.OfSheet("entities", workbook.SheetNames) is { } similar)
                log.Warn("sheet.misspelt", $"There is no sheet named 'entities', but {similar}. Rename it if it is meant, or begin its name with an underscore to silence this.", new FormPlace(null));
            return new EntitiesDraft(found);
        }

        var table = Table.Of(sheet, Columns.Entities, settings.Settings.DefaultLanguage, singleSpaces: false, log);
        foreach (var row in table.Rows.TakeWhile(_ => !TooMany(found, log)))
        {
            if (One(row, table, log) is not { } entity)
                continue;
            if (found.Exists(f => f.Entity.ListName == entity.ListName))
                log.Error("entity.list-twice", $"The entity list '{entity.ListName}' is declared twice.", table.Place(row, "dataset"));
            else
                found.Add(new EntityDeclaration(entity, new FormPlace("entities", row.Number), Questions(entity)));
        }

        return new EntitiesDraft(found);
    }

    private static bool TooMany(List<EntityDeclaration> found, ProblemLog log)
    {
        const int Most = 100;
        if (found.Count <= Most)
            return false;
        log.Error("entity.too-many", $"The form declares more than {Most} entity lists.", new FormPlace("entities"));
        return true;
    }

    private static FormEntity? One(TableRow row, Table table, ProblemLog log)
    {
        var others = row.Texts.Select(t => t.Key).Where(k => !Columns.Entities.Known.Contains(k)).ToList();
        if (others.Count > 0)
            log.Error("entity.column", $"The sheet has columns that it does not know: {string.Join(", ", others)}. Correct their spelling or remove them.", new FormPlace("entities", 1, others[0]));
        var (list, id, create, update, label) = (row.Value("dataset"), row.Value("entity_id"), row.Value("create_if"), row.Value("update_if"), row.Value("label"));
        if (ListFault(list) is { } fault)
        {
            log.Error("entity.list-name", fault, table.Place(row, "dataset"));
            return null;
        }

        if (id is null && update is not null)
            log.Error("entity.no-id", $"To update entities of '{list}', give an entity_id; to create them, move update_if to create_if.", table.Place(row, "entity_id"));
        else if (id is not null && create is not null && update is null)
            log.Error("entity.no-update-if", $"'{list}' has an entity_id and a create_if, so it needs an update_if as well; to only create, remove the entity_id.", table.Place(row, "update_if"));
        else if (id is null && label is null)
            log.Error("entity.no-label", $"New entities of '{list}' need a label.", table.Place(row, "label"));
        return new FormEntity { Name = "entity", Path = string.Empty, ListName = list!, EntityId = id, CreateIf = create, UpdateIf = update, LabelExpression = label };
    }

    private static HashSet<string> Questions(FormEntity entity)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var expression in new[] { entity.EntityId, entity.CreateIf, entity.UpdateIf, entity.LabelExpression })
        {
            if (expression is not null && References.TryAll(expression, out var references))
                names.UnionWith(references.Select(r => r.Name));
        }

        return names;
    }

    private static string? ListFault(string? list)
    {
        if (list is null)
            return "The entity list has no name.";
        if (list.StartsWith("__", StringComparison.Ordinal))
            return "Names of entity lists cannot begin with two underscores.";
        if (list.Contains('.', StringComparison.Ordinal))
            return "Names of entity lists cannot have full stops.";
        return XmlNames.IsElementName(list) ? null : $"'{list}' cannot name an entity list. A name begins with a letter or underscore; letters, digits, underscores and hyphens may follow.";
    }
}
