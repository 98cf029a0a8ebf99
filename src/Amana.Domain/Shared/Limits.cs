using Amana.Domain.Principles;

namespace Amana.Domain.Shared;

/// <summary>Checks of form that every command shares, gathered so that all field errors are told at once.</summary>
public sealed class FieldErrors
{
    private readonly List<Refusal> _refusals = [];

    public bool Any => _refusals.Count > 0;

    public List<Refusal> All => _refusals;

    /// <summary>Refuses an empty text (<c>field.required</c>) or one over the limit (<c>field.too-long</c>).</summary>
    public FieldErrors Text(string field, string? value, int max = 4000, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            if (required)
                _refusals.Add(new Refusal("field.required").At(field));
        }
        else if (value.Length > max)
        {
            _refusals.Add(new Refusal("field.too-long").At(field).With("max", max.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return this;
    }

    /// <summary>Refuses with the slug when the condition does not hold.</summary>
    public FieldErrors Must(bool holds, string field, string slug, Principle? principle = null)
    {
        if (!holds)
            _refusals.Add(new Refusal(slug, principle).At(field));
        return this;
    }

    public FieldErrors Add(Refusal refusal)
    {
        _refusals.Add(refusal);
        return this;
    }

    public FieldErrors AddRange(IEnumerable<Refusal> refusals)
    {
        _refusals.AddRange(refusals);
        return this;
    }
}
