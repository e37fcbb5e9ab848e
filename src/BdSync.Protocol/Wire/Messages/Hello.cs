using System.Buffers;
using System.Text;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>
/// Both peers' first message. The C tool does not look at the word before the version, so a BdSync peer names in it what else
/// it can do: <c>CLIENT+xxh128+xxh64 0.5</c>.
/// </summary>
/// <param name="Role">The word before the version: <c>CLIENT</c> or <c>SERVER</c>, and abilities.</param>
internal readonly record struct Hello(string Role) : IMessage
{
    public const string Client = "CLIENT";
    public const string Server = "SERVER";
    private const string Version = "0.5";
    private const char AbilitySeparator = '+';

    // What a peer calls itself ends in logs and messages.
    private const int MaxPrinted = 128;

    /// <summary>What the peer can do beyond the C tool; empty for that one.</summary>
    public IReadOnlyList<string> Abilities => [.. Role.Split(AbilitySeparator, StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    /// <summary>The message of a peer that names its abilities.</summary>
    public static Hello WithAbilities(string role, IEnumerable<string> abilities) => new(string.Join(AbilitySeparator, [role, .. abilities]));

    // text: role, a space, version; no NUL
    public static Hello Read(Frame frame)
    {
        var reader = new MessageReader(frame);
        var text = reader.ReadRemainingText(WireLimits.MaxHelloLength);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            throw new ProtocolException("The peer's first message names no protocol version.");
        }

        return text[(space + 1)..] == Version
            ? new(Printable(text[..space]))
            : throw new ProtocolException($"The peer speaks protocol version '{Printable(text[(space + 1)..])}'; only {Version} is known.");
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        var text = $"{Role} {Version}";
        output.WriteHeader(MessageType.Hello, Encoding.UTF8.GetByteCount(text));
        output.WriteText(text);
    }

    private static string Printable(string text) => string.Concat(text.Take(MaxPrinted).Where(character => !char.IsControl(character)));
}
