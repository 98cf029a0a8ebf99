using Amana.XForms.Workbooks;

namespace Amana.XForms.Reading;

/// <summary>What the settings sheet says, of the form and of how the other sheets are to be read.</summary>
internal sealed record SettingsDraft(FormSettings Settings, string RootName)
{
    public bool SingleSpaces { get; init; } = true;

    public bool AllowsDuplicateChoices { get; init; }

    public bool AddsNone { get; init; }

    public bool IsFlat { get; init; }
}

/// <summary>Reads the settings sheet.</summary>
internal static class SettingsReader
{
    public static SettingsDraft Read(Workbook workbook, string fallbackId, XlsFormOptions options, ProblemLog log)
    {
        var row = new TableRow(0);
        if (workbook["settings"] is { Rows.Count: > 0 } sheet)
            row = Table.Of(WithoutSecondId(sheet, log), Columns.Settings, "default", singleSpaces: false, log).Rows[0];
        else if (Misspellings.OfSheet("settings", workbook.SheetNames) is { } similar)
            log.Warn("sheet.misspelt", $"There is no sheet named 'settings', but {similar}. Rename it if it is meant to be the settings, or begin its name with an underscore to silence this.", new FormPlace(null));
        if (string.IsNullOrWhiteSpace(fallbackId))
            fallbackId = "data";
        var settings = Settings(row, row.Value("id_string") ?? fallbackId, log);
        return new SettingsDraft(settings, Name(row.Value("name"), options, settings, log))
        {
            SingleSpaces = BindWords.YesNo(row.Value("clean_text_values") ?? "yes") ?? true,
            AllowsDuplicateChoices = BindWords.YesNo(row.Value("allow_choice_duplicates")) ?? false,
            AddsNone = BindWords.YesNo(row.Value("add_none_option")) ?? false,
            IsFlat = row.Has("flat"),
        };
    }

    private static FormSettings Settings(TableRow row, string id, ProblemLog log)
    {
        var settings = new FormSettings
        {
            FormId = id,
            Title = row.Value("title") ?? id,
            Version = row.Value("version") ?? string.Empty,
            DefaultLanguage = row.Value("default_language") ?? "default",
            InstanceName = row.Value("instance_name"),
            Style = row.Value("style"),
            SubmissionUrl = row.Value("submission_url"),
            PublicKey = row.Value("public_key"),
            AutoSend = row.Value("auto_send"),
            AutoDelete = row.Value("auto_delete"),
            ClientEditable = BindWords.YesNo(row.Value("client_editable")) ?? false,
            OmitInstanceId = BindWords.YesNo(row.Value("omit_instanceID")) ?? false,
            InstanceId = row.Value("instance_id") ?? "uid",
            InstanceNamespace = IsAddress(row.Value("instance_xmlns")) ? row.Value("instance_xmlns") : null,
            Namespaces = Namespaces(row.Value("namespaces")),
            RootAttributes = [.. row.Bundle("attribute").Select(a => new FormAttribute(a.Name, a.Text.Texts[0].Text))],
            CompactPrefix = row.Value("prefix"),
            CompactDelimiter = row.Value("delimiter"),
        };
        if (settings is { OmitInstanceId: true, PublicKey: not null })
            log.Error("settings.encryption-needs-id", "The form omits the instanceID, but encryption (public_key) needs it. Remove omit_instanceID or the key.", new FormPlace("settings", 2, "omit_instanceID"));
        return settings;
    }

    private static string Name(string? written, XlsFormOptions options, FormSettings settings, ProblemLog log)
    {
        if (!NamePrefixes.AreKnown(written ?? options.RootName, settings))
        {
            log.Error(
                "name.not-allowed",
                $"'{written ?? options.RootName}' cannot name the data's root. A name begins with a letter or underscore; letters, digits, underscores, hyphens and full stops may follow.",
                written is null ? new FormPlace(null) : new FormPlace("settings", 2, "name"));
            return "data";
        }

        return written ?? options.RootName;
    }

    private static Sheet WithoutSecondId(Sheet sheet, ProblemLog log)
    {
        if (!sheet.Headings.Contains("id_string") || !sheet.Headings.Contains("form_id"))
            return sheet;
        log.Warn("settings.two-ids", "The settings have both form_id and id_string; form_id counts. Remove id_string.", new FormPlace("settings", 1, "id_string"));
        return sheet with { Headings = [.. sheet.Headings.Select(h => h == "id_string" ? null : h)] };
    }

    private static List<FormAttribute> Namespaces(string? text)
    {
        var found = new List<FormAttribute>();
        foreach (var pair in (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=');
            if (parts.Length != 2)
                continue;
            var address = parts[1].Replace("\"", string.Empty, StringComparison.Ordinal).Replace("'", string.Empty, StringComparison.Ordinal);
            var prefixIsFree = XmlNames.IsElementName(parts[0]) && !parts[0].Contains(':', StringComparison.Ordinal) && parts[0] is not ("xml" or "xmlns");
            if (prefixIsFree && IsAddress(address))
                found.Add(new FormAttribute(parts[0], address));
        }

        return found;
    }

    /// <summary>Namespaces in XML 1.0 keeps two addresses for itself, and none may be empty.</summary>
    private static bool IsAddress(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text is not ("http://www.w3.org/2000/xmlns/" or "http://www.w3.org/XML/1998/namespace");
}
