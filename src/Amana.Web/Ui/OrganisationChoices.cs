using Amana.Domain.Accounts;

namespace Amana.Web.Ui;

/// <summary>Organisations as given answers, by their full names.</summary>
public static class OrganisationChoices
{
    public static List<Choice> AsChoices(this IEnumerable<Organisation> organisations) => [.. organisations.Select(o => new Choice(o.Id.Value.ToString(), o.Name))];
}
