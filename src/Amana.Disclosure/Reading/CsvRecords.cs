namespace Amana.Disclosure;

/// <summary>
/// Reads delimited records one after another (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes; CRLF, LF or CR
/// ends a record; empty lines are passed over). The fields of the current record are valid until the next <see cref="Next"/>.
/// </summary>
internal sealed class CsvRecords(TextReader text, char separator, char quote = '"')
{
    private const int LongestRecord = 4 * 1024 * 1024;

    private readonly char[] _buffer = new char[64 * 1024];
    private readonly List<int> _ends = [];
    private char[] _record = new char[1024];
    private int _length;
    private int _at;
    private int _filled;
    private int _line = 1;

    public int FieldCount => _ends.Count;

    /// <summary>Line at which the current record starts.</summary>
    public int Line { get; private set; }

    /// <summary>Why reading stopped before the end, or null.</summary>
    public Fault? Fault { get; private set; }

    public ReadOnlySpan<char> Field(int i)
    {
        var start = i == 0 ? 0 : _ends[i - 1];
        return _record.AsSpan(start, _ends[i] - start);
    }

    /// <summary>Moves to the next record; false at the end of the text or at a fault.</summary>
    public bool Next()
    {
        SkipEmptyLines();
        if (Peek() < 0)
            return false;
        _ends.Clear();
        _length = 0;
        Line = _line;
        while (Fault is null)
        {
            if (Peek() == quote)
                ReadQuoted();
            else
                ReadPlain();
            _ends.Add(_length);
            if (Fault is not null)
                return false;
            if (Peek() == separator)
            {
                _at++;
                continue;
            }

            EndLine();
            return true;
        }

        return false;
    }

    private void ReadPlain()
    {
        while (Peek() >= 0)
        {
            var left = _buffer.AsSpan(_at, _filled - _at);
            var end = left.IndexOfAny(separator, '\r', '\n');
            var run = end < 0 ? left : left[..end];
            Append(run);
            _at += run.Length;
            if (end >= 0 || Fault is not null)
                return;
        }
    }

    private void ReadQuoted()
    {
        _at++;
        while (Fault is null)
        {
            var c = Peek();
            if (c < 0)
            {
                Fault = new Fault("csv.unclosed-quote", Line, string.Empty);
                return;
            }

            _at++;
            if (c == quote)
            {
                if (Peek() != quote)
                {
                    ReadPlain();
                    return;
                }

                _at++;
            }
            else if (c == '\n')
            {
                _line++;
            }

            Append((char)c);
        }
    }

    private void EndLine()
    {
        if (Peek() == '\r')
            _at++;
        if (Peek() == '\n')
            _at++;
        _line++;
    }

    private void SkipEmptyLines()
    {
        while (Peek() is '\r' or '\n')
            EndLine();
    }

    private int Peek()
    {
        if (_at < _filled)
            return _buffer[_at];
        _filled = text.Read(_buffer, 0, _buffer.Length);
        _at = 0;
        return _filled == 0 ? -1 : _buffer[0];
    }

    private void Append(char c) => Append([c]);

    private void Append(ReadOnlySpan<char> run)
    {
        if (_length + run.Length > LongestRecord)
        {
            Fault = new Fault("csv.record-too-long", Line, string.Empty);
            return;
        }

        if (_length + run.Length > _record.Length)
            Array.Resize(ref _record, Math.Max(_record.Length * 2, _length + run.Length));
        run.CopyTo(_record.AsSpan(_length));
        _length += run.Length;
    }
}
