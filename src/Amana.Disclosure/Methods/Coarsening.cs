using System.Globalization;

namespace Amana.Disclosure;

/// <summary>How much of a date is left.</summary>
public enum DateDetail
{
    /// <summary>2026-03.</summary>
    Month,

    /// <summary>2026-Q1.</summary>
    Quarter,

    /// <summary>2026.</summary>
    Year,
}

/// <summary>Dates with less detail.</summary>
public static class DateCoarsening
{
    /// <summary>
    /// Coarsens ISO 8601 dates (2026-03-05, with or without a time; 2026-03 and 2026 where the detail asks for no more). Refuses other
    /// values; a missing value stays missing.
    /// </summary>
    public static Answer<Column> Run(Column column, DateDetail detail)
    {
        var texts = new string?[column.Categories.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Coarse(column.Categories[i], detail);
        return Recoded.By(column, texts, "date.not-a-date");
    }

    private static string? Coarse(string value, DateDetail detail)
    {
        var date = value.Length > 10 && value[10] is 'T' or ' ' ? value[..10] : value;
        string[] forms = detail == DateDetail.Year ? ["yyyy-MM-dd", "yyyy-MM", "yyyy"] : ["yyyy-MM-dd", "yyyy-MM"];
        if (!DateTime.TryParseExact(date, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var found))
            return null;
        var year = found.Year.ToString("0000", CultureInfo.InvariantCulture);
        return detail switch
        {
            DateDetail.Month => string.Create(CultureInfo.InvariantCulture, $"{year}-{found.Month:00}"),
            DateDetail.Quarter => string.Create(CultureInfo.InvariantCulture, $"{year}-Q{(found.Month + 2) / 3}"),
            _ => year,
        };
    }
}

/// <summary>Places with less detail.</summary>
public static class PlaceCoarsening
{
    /// <summary>Keeps the first characters of a place code, in which each level adds to the one above (as in P-codes). Refuses a shorter code.</summary>
    public static Answer<Column> ByCode(Column column, int characters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(characters, 1);
        return Recoded.By(column, [.. column.Categories.Select(c => c.Length < characters ? null : c[..characters])], "place.code-too-short");
    }

    /// <summary>
    /// Puts coordinates in the middle of a square of the grid, whose side is given in degrees (0.1 is about 11 km from north to south).
    /// Refuses what is not a coordinate.
    /// </summary>
    public static Answer<Microdata> ByGrid(Microdata microdata, string latitude, string longitude, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        var result = microdata;
        foreach (var (name, most) in new[] { (latitude, 90.0), (longitude, 180.0) })
        {
            var column = microdata[name];
            var texts = column.Categories.Select(c => Middle(c, most, degrees)).ToArray();
            if (Recoded.By(column, texts, "place.not-a-coordinate") is not Answer<Column>.Given { Value: var coarse })
                return new Answer<Microdata>.Refused(((Answer<Column>.Refused)Recoded.By(column, texts, "place.not-a-coordinate")).Fault);
            result = result.With(coarse);
        }

        return new Answer<Microdata>.Given(result);
    }

    private static string? Middle(string value, double most, double degrees)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(Math.Abs(number) <= most))
            return null;
        var middle = (Math.Floor(number / degrees) + 0.5) * degrees;
        return Math.Round(Math.Clamp(middle, -most, most), 6).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Numbers in bands.</summary>
public static class NumberBands
{
    /// <summary>
    /// Bands of whole numbers such as 0-4, 5-17, 18-59, 60+, named by where each begins. Refuses a value that is no number, is not whole or
    /// lies below the first band.
    /// </summary>
    public static Answer<Column> Run(Column column, IEnumerable<int> starts)
    {
        int[] sorted = [.. starts.Distinct().Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(starts));
        return Recoded.By(column, [.. column.Categories.Select(c => Band(c, sorted))], "column.outside-bands");
    }

    private static string? Band(string value, int[] starts)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number != Math.Floor(number))
            return null;
        var at = Array.FindLastIndex(starts, start => start <= number);
        if (at < 0)
            return null;
        var from = starts[at].ToString(CultureInfo.InvariantCulture);
        if (at == starts.Length - 1)
            return from + "+";
        var to = (starts[at + 1] - 1).ToString(CultureInfo.InvariantCulture);
        return from == to ? from : $"{from}-{to}";
    }
}

/// <summary>A column under other names of its categories.</summary>
internal static class Recoded
{
    /// <summary>Categories with the same new name become one. A null is refused at the first row that has it.</summary>
    public static Answer<Column> By(Column column, string?[] names, string fault)
    {
        for (var row = 0; row < column.RowCount; row++)
        {
            if (column.CodeArray[row] != Column.Missing && names[column.CodeArray[row]] is null)
                return new Answer<Column>.Refused(new Fault(fault, row + 1, column.Name));
        }

        return new Answer<Column>.Given(Column.FromValues(column.Name, column.CodeArray.Select(code => code == Column.Missing ? null : names[code])));
    }
}
