using System.Runtime.InteropServices;

namespace BdSync.Cli.Output;

/// <summary>
/// write(2) to a descriptor of this process, no more. .NET's console stream swallows EPIPE and sets terminals up, and its FileStream writes at a position of its own, so that what another program
/// writes to the same redirected file would overwrite it.
/// </summary>
/// <param name="descriptor">The descriptor; it stays open.</param>
internal partial class DescriptorStream(int descriptor) : WriteOnlyStream
{
    private const int Interrupted = 4;

    /// <summary>Writes all of it.</summary>
    /// <exception cref="IOException">It can't be written; the error number is its HResult.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var written = WriteDescriptor(descriptor, buffer, (nuint)buffer.Length);
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
