using System.Text;

namespace BdSync.Protocol.Transports;

/// <summary>
/// Cuts what a remote command says on standard error into lines and drops the characters that don't print, so that a peer
/// can't send control sequences to a terminal. A last line without an end counts as well.
/// </summary>
internal sealed class ErrorLineSplitter(Action<string> onLine)
{
    /// <summary>A longer line is cut here: a peer must not make us collect without bound.</summary>
    public const int MaxLineLength = 4096;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder line = new();

    public void Append(ReadOnlySpan<byte> data)
    {
        Span<char> characters = stackalloc char[1024];
        while (data.Length > 0)
        {
            decoder.Convert(data, characters, flush: false, out var bytesUsed, out var charactersUsed, out _);
            data = data[bytesUsed..];
            foreach (var character in characters[..charactersUsed])
            {
                Append(character);
            }
        }
    }

    public void Complete()
    {
        if (line.Length > 0)
        {
            Emit();
        }
    }

    private void Append(char character)
    {
        if (character == '\n')
        {
            Emit();
        }
        else if (!char.IsControl(character))
        {
            line.Append(character);
            if (line.Length == MaxLineLength)
            {
                Emit();
            }
        }
    }

    private void Emit()
    {
        onLine(line.ToString());
        line.Clear();
    }
}
