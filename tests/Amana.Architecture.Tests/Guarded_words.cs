using System.Text.RegularExpressions;

namespace Amana.Architecture.Tests;

/// <summary>Words of the code that stand in listed places only. A place that no longer needs its word leaves the list.</summary>
public sealed class Guarded_words
{
    private const string Features = "src/Amana.Features/";

    [Fact]
    public void Saving_is_done_by_the_ledger_the_sequencer_the_erasure_run_and_a_restore() => Hold(@"\.SaveWithLedger\(",
        [Features + "Platform/Backup/RestoreHouse.cs", Features + "Platform/Ledger/LedgerBook.cs", Features + "Platform/Ledger/LedgerSequencer.cs", Features + "Platform/Vault/ErasureRun.cs"]);

    [Fact]
    public void Rows_are_written_past_the_change_tracker_by_the_ledgers_group_its_sequencer_rewrapping_the_budget_of_openings_and_a_restore() => Hold(@"""(insert into|update \w+ |delete from) ?",
        [Features + "Platform/Backup/DumpLoader.cs", Features + "Platform/Ledger/PlacedEntries.cs", Features + "Platform/Ledger/PostgreSqlGroup.cs", Features + "Platform/Ledger/SqliteGroup.cs", Features + "Platform/OpeningBudget.cs", Features + "Platform/Vault/RewrappedKeys.cs"]);

    [Fact]
    public void Groups_are_handed_their_rows_by_the_ledger_with_an_entry() => Hold(@"\bLedgerGroup (group|\w+)\b", [Features + "Platform/Ledger/LedgerBook.cs"]);

    [Fact]
    public void Rows_are_changed_in_bulk_by_erasing_and_by_sessions_that_are_seen() => Hold(@"\.Execute(Update|Delete)(Async)?\(|\.ExecuteSql|\.DeleteRows\b",
        [Features + "Accounts/SessionReader.cs", Features + "Cases/ErasesCaseloads.cs", Features + "Cases/ErasesReferrals.cs", Features + "Consent/ErasesConsents.cs", Features + "Emergencies/EmergenciesMapping.cs", Features + "Incidents/ErasesFreezes.cs", Features + "Linkage/ErasesMatches.cs", Features + "People/ErasesPersons.cs", Features + "Platform/Backup/RestoreHouse.cs", Features + "Platform/Ledger/LedgerSequencer.cs",
            Features + "Platform/Vault/ErasureRun.cs", Features + "Platform/Vault/RowsOfPeople.cs", Features + "Records/ErasesRecords.cs", Features + "Rights/ErasesActivityFiles.cs", Features + "Rights/ErasesRequests.cs"]);

    [Fact]
    public void Permits_to_open_boxes_are_made_by_the_ledger() => Hold(@"new DisclosurePermit\(", [Features + "Platform/Ledger/LedgerBook.cs"]);

    [Fact]
    public void Xml_is_read_by_the_one_safe_reader() => Hold(@"XDocument\.(Load|Parse)|XElement\.(Load|Parse)|XmlReader\.Create|XmlDocument\b|XmlTextReader", ["src/Amana.XForms/Xml/SafeXml.cs"]);

    [Fact]
    public void Logging_is_generated_from_fixed_messages() => Hold(@"\.Log(Information|Warning|Error|Debug|Critical|Trace)\(|LoggerMessage\.Define", []);

    [Fact]
    public void Time_is_asked_of_the_clock_that_was_given() => Hold(@"DateTime(Offset)?\.(Utc)?Now\b", []);

    [Fact]
    public void Boxes_are_sealed_and_opened_in_the_vault() => Hold(@"\bAesGcm\b|\bAesCcm\b|\bChaCha20Poly1305\b|\bAes\.Create\b|\bRSA\.Create\b|\bECDsa\b|\bECDiffieHellman\b", [Features + "Platform/Vault/Box.cs", Features + "Platform/Vault/Hpke.cs", Features + "Platform/Vault/SubmissionKeys.cs", Features + "Platform/Vault/PhoneEnvelope.cs", Features + "Platform/Vault/AesZip.cs", Features + "Platform/Vault/AgeFile.cs"]);

    [Theory]
    [InlineData("db.SaveWithLedger(token);", @"\.SaveWithLedger\(")]
    [InlineData("command.CommandText = \"insert into records values (1)\";", @"""(insert into|update \w+ |delete from) ?")]
    [InlineData("public sealed class Wrong(LedgerGroup group);", @"\bLedgerGroup (group|\w+)\b")]
    [InlineData("db.DeleteRows<Person>(people, some => p => some.Contains(p.Id), token);", @"\.Execute(Update|Delete)(Async)?\(|\.ExecuteSql|\.DeleteRows\b")]
    [InlineData("await db.Set<Person>().ExecuteDeleteAsync(token);", @"\.Execute(Update|Delete)(Async)?\(|\.ExecuteSql|\.DeleteRows\b")]
    [InlineData("return new DisclosurePermit(null, null);", @"new DisclosurePermit\(")]
    [InlineData("var x = XDocument.Parse(text);", @"XDocument\.(Load|Parse)")]
    [InlineData("log.LogWarning(name);", @"\.Log(Information|Warning|Error)\(")]
    public void In_other_places_are_found(string line, string word)
    {
        var wrong = SourceFile.Of("src/Amana.Web/Wrong.cs", line);
        Assert.Equal(["src/Amana.Web/Wrong.cs has it"], Broken([wrong], word, []));
        Assert.Empty(Broken([wrong], word, [wrong.Path]));
        Assert.Equal(["src/Elsewhere.cs needs it no longer"], Broken([], word, ["src/Elsewhere.cs"]));
        Assert.Empty(Broken([SourceFile.Of("src/Amana.Web/Right.cs", "// only spoken of: " + line)], word, []));
    }

    private static void Hold(string word, string[] places) => Assert.Empty(Broken(Repository.Source, word, places));

    private static List<string> Broken(IEnumerable<SourceFile> files, string word, IReadOnlyCollection<string> places)
    {
        var found = files.Where(f => Regex.IsMatch(f.Text, word)).Select(f => f.Path).ToList();
        return [.. found.Except(places).Select(f => f + " has it"), .. places.Except(found).Select(f => f + " needs it no longer")];
    }
}
