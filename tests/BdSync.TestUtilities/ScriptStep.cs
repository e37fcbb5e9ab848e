namespace BdSync.TestUtilities;

/// <summary>One step of a <see cref="ScriptedPeer"/>.</summary>
/// <param name="Awaited">The token of the message to wait for first, passing over others; null to wait for none.</param>
/// <param name="Answer">What to send then, as it is.</param>
public readonly record struct ScriptStep(byte? Awaited, byte[] Answer)
{
    /// <summary>Sends at once.</summary>
    public static ScriptStep Send(params IEnumerable<byte[]> messages) => new(null, RawMessage.Join(messages));

    /// <summary>Waits for a message and sends then.</summary>
    public static ScriptStep On(byte awaited, params IEnumerable<byte[]> messages) => new(awaited, RawMessage.Join(messages));
}
