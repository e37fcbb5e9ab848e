using BdSync.Protocol.Wire;

namespace BdSync.Protocol.Sessions;

/// <inheritdoc/>
internal sealed class PendingReply<T>(IMessage request, MessageType type, Func<Frame, T> read) : PendingReply(request)
{
    // Continuations run elsewhere: whoever waits must not hold up the reading.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override MessageType Type => type;

    public Task<T> Task => completion.Task;

    public override void Accept(Frame frame) => completion.TrySetResult(read(frame));

    public override void Fail(Exception exception) => completion.TrySetException(exception);
}
