using BdSync.Cli.Output;

namespace BdSync.Cli.Patches;

/// <summary>
/// Passes on what is written to it at a limited rate (a token bucket). Never more has gone through than the rate times the time since it was
/// created; time that wasn't used may be made up for with what a tenth of a second lets through, or 4 KiB. The other stream stays open. Not safe for
/// several threads.
/// </summary>
internal sealed class LimitedStream : WriteOnlyStream
{
    private const int MinBurst = 4096;

    private readonly Stream output;
    private readonly long bytesPerSecond;
    private readonly TimeProvider time;

    /// <summary>What is passed on at once, in bytes. Half of what may be made up for: a timer that is late then costs nothing.</summary>
    private readonly int pieceLength;

    // Credit is in bytes times ticks of the clock's second: exact, and no product of two 64-bit numbers passes 128 bits.
    private readonly Int128 creditLimit;
    private Int128 credit;
    private long lastTimestamp;

    /// <summary>Creates it.</summary>
    /// <param name="output">Receives the data.</param>
    /// <param name="bytesPerSecond">The rate, at least 1.</param>
    /// <param name="time">The clock.</param>
    public LimitedStream(Stream output, long bytesPerSecond, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 1);
        this.output = output;
        this.bytesPerSecond = bytesPerSecond;
        this.time = time;
        pieceLength = (int)Math.Clamp(bytesPerSecond / 20, 1, int.MaxValue);
        creditLimit = (Int128)Math.Max(bytesPerSecond / 10, MinBurst) * time.TimestampFrequency;
        lastTimestamp = time.GetTimestamp();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException("Waiting is asynchronous here.");

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var piece = buffer[..Math.Min(pieceLength, buffer.Length)];
            await WaitForAsync(piece.Length, cancellationToken);
            await output.WriteAsync(piece, cancellationToken);
            buffer = buffer[piece.Length..];
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    private async ValueTask WaitForAsync(int length, CancellationToken cancellationToken)
    {
        var price = (Int128)length * time.TimestampFrequency;
        for (EarnCredit(); credit < price; EarnCredit())
        {
            var missing = (price - credit + bytesPerSecond - 1) / bytesPerSecond;

            // Whole milliseconds: Task.Delay leaves out what is less.
            var delay = (long)(missing * 1000 / time.TimestampFrequency) + 1;
            await Task.Delay(TimeSpan.FromMilliseconds(delay), time, cancellationToken);
        }

        credit -= price;
    }

    private void EarnCredit()
    {
        var now = time.GetTimestamp();
        credit = Int128.Min(creditLimit, credit + ((Int128)(now - lastTimestamp) * bytesPerSecond));
        lastTimestamp = now;
    }
}
