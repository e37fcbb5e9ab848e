namespace BdSync.Lvm;

/// <summary>
/// A command of LVM and how its result is read, apart from who runs it: <see cref="LvmTool"/> does on this machine; for another one a caller takes
/// <see cref="Words"/> there behind the word <c>lvm</c>, each quoted for the shell in between and with <c>LC_ALL=C</c>, and gives what came of it to <see cref="Complete"/>.
/// </summary>
/// <typeparam name="T">What the result says.</typeparam>
public sealed class LvmCommand<T>
{
    private readonly Func<LvmResult, T> read;

    internal LvmCommand(IReadOnlyList<string> words, bool isChange, Func<LvmResult, T> read)
    {
        Words = words;
        IsChange = isChange;
        this.read = read;
    }

    /// <summary>The words behind the program: <c>lvs</c>, <c>--reportformat</c>, …</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Whether it changes something. Such a command must not be interrupted: devices might stay suspended.</summary>
    public bool IsChange { get; }

    /// <summary>Reads the result.</summary>
    /// <param name="result">What came of the command; that of another machine is not trusted.</param>
    /// <exception cref="LvmException">The command failed, or printed no report that makes sense.</exception>
    public T Complete(LvmResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        try
        {
            return read(result);
        }
        catch (FormatException exception)
        {
            throw new LvmException($"printed a report that can't be used ({exception.Message})", Words, result with { Errors = "" }, exception);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Words);
}
