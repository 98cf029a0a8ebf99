using System.CommandLine;
using System.Globalization;
using Amana.Domain.Shared;
using Amana.Features.Linkage;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Cli;

/// <summary><c>amana link search|list|decide</c>: the search for records of one person, by codes and levels of agreement. The same gate, ledger and second person as on the page; nothing is merged and no answer is shown.</summary>
public static class LinkCommands
{
    private static readonly Argument<int> Number = new("N") { Description = "The activity's number." };

    public static Command Make() => new("link", "Search for records of one person, within an activity or in two.") { Search(), Pairs(), Decide() };

    private static Command Search()
    {
        var with = new Option<int?>("--with") { Description = "Number of the activity to compare with; the same one where none is named." };
        var need = new Option<string>("--need") { Description = "Code of the information need that the search serves here.", Required = true };
        var there = new Option<string?>("--need-there") { Description = "Code of the need that it serves in the other activity." };
        var questions = new Option<string[]>("--question") { Description = "Name of a question to compare by; once for each.", Required = true };
        return new ActingCommand("search", "Search for records that may be of one person.", Number, with, need, there, questions).Does(async (parsed, services, who, cancellationToken) =>
        {
            var here = await ActingCommand.Activity(services, parsed.GetValue(Number), cancellationToken);
            var other = parsed.GetValue(with) is { } number ? await ActingCommand.Activity(services, number, cancellationToken) : here;
            var search = new LinkingSearch(here, parsed.GetValue(need), other, other == here ? parsed.GetValue(need) : parsed.GetValue(there), parsed.GetValue(questions) ?? []);
            return ActingCommand.Said(await services.GetRequiredService<FindLikelyMatches>().Handle(who, search, cancellationToken),
                done => string.Create(CultureInfo.InvariantCulture, $"{done.LeftRecords} and {done.RightRecords} records compared, {done.LeftOut} left out, {done.Found} new pairs."));
        });
    }

    private static Command Pairs() => new ActingCommand("list", "List the pairs that were found, by code.", Number).Does(async (parsed, services, who, cancellationToken) =>
    {
        var outcome = await services.GetRequiredService<LikelyMatches>().Read(who, await ActingCommand.Activity(services, parsed.GetValue(Number), cancellationToken), cancellationToken);
        return ActingCommand.Said(outcome, pairs => pairs.Count == 0 ? "No pairs." : string.Join('\n', pairs.Select(p => string.Create(CultureInfo.InvariantCulture,
            $"{p.Match.Id.Value}\t{p.LeftNumber}/{p.LeftCode}\t{p.RightNumber}/{p.RightCode}\t{p.Match.Percent}%\t{p.Match.State}\t{string.Join(' ', p.Match.Because.Select(b => b.Question + "=" + b.Level))}"))));
    });

    private static Command Decide()
    {
        var pair = new Argument<Guid>("PAIR") { Description = "Id of the pair." };
        var same = new Option<bool?>("--same") { Description = "true: one person; false: two.", Required = true };
        return new ActingCommand("decide", "Say as a second person whether a pair is of one person.", Number, pair, same).Does(async (parsed, services, who, cancellationToken) =>
            ActingCommand.Said(await services.GetRequiredService<DecideMatch>().Handle(who, await ActingCommand.Activity(services, parsed.GetValue(Number), cancellationToken), new LikelyMatchId(parsed.GetValue(pair)),
                parsed.GetValue(same) == true, cancellationToken), _ => "It is decided."));
    }
}
