using System.Runtime.InteropServices;

namespace BdSync.Cli.Output;

/// <summary>
/// Standard output for binary data. .NET's console stream swallows EPIPE, and its FileStream writes at a position of its own,
/// so that what another program writes to the same redirected file would overwrite it: this is write(2), no more.
/// </summary>
internal sealed partial class StandardOutput : WriteOnlyStream
{
    private const int Descriptor = 1;
    private const int Interrupted = 4;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var written = WriteDescriptor(Descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Task.Run(() => Write(buffer.Span), cancellationToken));

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteDescriptor(int descriptor, ReadOnlySpan<byte> buffer, nuint length);
}
