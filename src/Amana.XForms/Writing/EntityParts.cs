namespace Amana.XForms.Writing;

/// <summary>An attribute of an entity's element, or its label: the value it begins with, and how it is computed.</summary>
internal sealed record EntityPart(string Name, string Value, string? Calculation, bool HasBind, bool IsAttribute = true)
{
    public string Step => IsAttribute ? $"@{Name}" : Name;
}

/// <summary>What an entity is made of in the data (ODK XForms entities specification 2024.1 and 2025.1).</summary>
internal static class EntityParts
{
    public static IEnumerable<EntityPart> Of(FormEntity entity)
    {
        yield return new EntityPart("dataset", entity.ListName, null, false);
        if (entity.EntityId is null || entity.CreateIf is not null)
            yield return new EntityPart("create", "1", entity.CreateIf, entity.CreateIf is not null);
        if (entity.EntityId is { } id)
        {
            yield return new EntityPart("update", "1", entity.UpdateIf, entity.UpdateIf is not null);
            var item = $"instance('{entity.ListName}')/root/item[name={id}]";
            yield return new EntityPart("baseVersion", string.Empty, $"{item}/__version", true);
            yield return new EntityPart("trunkVersion", string.Empty, $"{item}/__trunkVersion", true);
            yield return new EntityPart("branchId", string.Empty, $"{item}/__branchId", true);
        }

        yield return new EntityPart("id", string.Empty, entity.EntityId, true);
        if (entity.LabelExpression is not null)
            yield return new EntityPart("label", string.Empty, entity.LabelExpression, true, IsAttribute: false);
    }
}
