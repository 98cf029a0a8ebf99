namespace Amana.Cli;

/// <summary>Files as commands read and write them, with plain words for what can go wrong.</summary>
public static class InputFile
{
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new RefusedException($"{path} is a folder, not a file.");
        if (!File.Exists(path))
            throw new RefusedException($"There is no file {path}.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Writes the file whole or not at all: beside it first, then moved over.</summary>
    public static async Task Write(string path, Func<Stream, Task> write)
    {
        if (Directory.Exists(path))
            throw new RefusedException($"{path} is a folder, not a file.");
        var beside = path + ".part";
        try
        {
            await using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
                await write(stream);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{path} cannot be written: {e.Message}");
        }
        finally
        {
            if (File.Exists(beside))
                File.Delete(beside);
        }
    }
}
