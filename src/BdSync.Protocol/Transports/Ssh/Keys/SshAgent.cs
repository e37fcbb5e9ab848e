using System.Net.Sockets;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>
/// A client of ssh-agent(1), or of whatever else speaks its protocol (draft-miller-ssh-agent) on a unix socket. Each request has a connection of
/// its own: a session may last for days, an agent may not.
/// </summary>
/// <param name="socketPath">The agent's socket.</param>
/// <param name="listLimit">How long an agent may take to list its keys; null for 10 s.</param>
/// <param name="signLimit">How long it may take to sign, which may wait for a touch; null for 60 s.</param>
internal sealed class SshAgent(string socketPath, TimeSpan? listLimit = null, TimeSpan? signLimit = null)
{
    /// <summary>The most keys that are listed: MAX_AGENT_IDENTITIES of OpenSSH.</summary>
    public const int KeyCountMax = 2048;

    private readonly TimeSpan listLimit = listLimit ?? TimeSpan.FromSeconds(10);
    private readonly TimeSpan signLimit = signLimit ?? TimeSpan.FromSeconds(60);

    /// <summary>Lists the keys that can be used here.</summary>
    /// <param name="skip">Receives a sentence for each key that can't, and one where there is no socket.</param>
    /// <returns>The keys in the agent's order; none where there is no socket.</returns>
    /// <exception cref="TransportException">There is a socket, but no answer, or one that is against the protocol (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public IReadOnlyList<AgentKey> ListKeys(Action<string> skip)
    {
        if (!Path.Exists(socketPath))
        {
            skip($"There is no ssh agent at {socketPath}.");
            return [];
        }

        var answer = Ask(new SshDataWriter().AddByte((byte)AgentMessage.RequestIdentities), listLimit, AgentMessage.IdentitiesAnswer, "list its keys");
        try
        {
            return ParseKeys(answer, skip);
        }
        catch (FormatException exception)
        {
            throw CreateError($"sent a damaged list of keys: {exception.Message}", exception);
        }
    }

    /// <summary>Has the agent sign.</summary>
    /// <returns>The signature as the agent gave it; its algorithm's name has been checked.</returns>
    /// <exception cref="TransportException">It doesn't (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public byte[] Sign(PublicKey key, SignatureAlgorithm algorithm, byte[] data)
    {
        var request = new SshDataWriter().AddByte((byte)AgentMessage.SignRequest).AddString(key.Blob).AddString(data).AddUInt32(algorithm.AgentFlags);
        var answer = Ask(request, signLimit, AgentMessage.SignResponse, $"sign with its key {key.Description}");
        try
        {
            var reader = new SshDataReader(answer);
            var signature = reader.ReadString().ToArray();
            var name = new SshDataReader(signature).ReadText();
            return name == algorithm.Name
                ? signature
                : throw CreateError($"signed with '{PrintableText.Shorten(name)}' where '{algorithm.Name}' was asked for with its key {key.Description}.");
        }
        catch (FormatException exception)
        {
            throw CreateError($"sent a damaged signature: {exception.Message}", exception);
        }
    }

    private List<AgentKey> ParseKeys(byte[] answer, Action<string> skip)
    {
        var reader = new SshDataReader(answer);
        var count = reader.ReadUInt32();
        if (count > KeyCountMax)
        {
            throw new FormatException($"{count} keys were announced, {KeyCountMax} are allowed.");
        }

        var keys = new List<AgentKey>();
        for (var index = 0; index < count; index++)
        {
            var blob = reader.ReadString();
            var comment = PrintableText.Shorten(reader.ReadText());
            try
            {
                keys.Add(new(this, PublicKey.Parse(blob), comment));
            }
            catch (FormatException exception)
            {
                skip($"The agent's key '{comment}' can't be used: {exception.Message}");
            }
        }

        return keys;
    }

    private byte[] Ask(SshDataWriter request, TimeSpan limit, AgentMessage expected, string purpose)
    {
        byte[] answer;
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            // SSH.NET asks for signatures in a synchronous call.
            answer = Task.Run(() => AgentConnection.AskAsync(socketPath, request.ToArray(), timeout.Token), timeout.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException exception)
        {
            throw CreateError($"was asked to {purpose} and has not answered for {limit.TotalSeconds} s.", exception);
        }
        catch (Exception exception) when (exception is SocketException or IOException or FormatException or ArgumentException)
        {
            throw CreateError($"was asked to {purpose}, but: {exception.Message}", exception);
        }

        return answer[0] == (byte)expected
            ? answer[1..]
            : throw CreateError(answer[0] == (byte)AgentMessage.Failure
                ? $"refused to {purpose}."
                : $"was asked to {purpose} and answered with message {answer[0]} where {(byte)expected} was due.");
    }

    private TransportException CreateError(string what, Exception? cause = null) =>
        new(BdSyncExitStatus.Connection, $"The ssh agent at {socketPath} {what}", cause);
}
