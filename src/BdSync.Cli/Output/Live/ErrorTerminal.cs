using System.Runtime.InteropServices;
using System.Text;

namespace BdSync.Cli.Output.Live;

/// <summary>The terminal that standard error is. It is asked and written to directly: .NET's console knows the one of standard output only, and switches its keypad to another mode for good.</summary>
internal sealed partial class ErrorTerminal : ILiveTerminal
{
    private const int Descriptor = TerminalSize.Error;

    private static readonly LiveSize UsualSize = new(80, 24);

    private static readonly DescriptorStream Output = new(Descriptor);

    /// <summary>Whether standard error is a terminal.</summary>
    public static bool IsThere => IsTerminal(Descriptor) == 1;

    public LiveSize Size =>
        TerminalSize.Get(Descriptor) is { Width: > 0, Height: > 0 } size ? new(size.Width, size.Height) : UsualSize;

    // A terminal that isn't the controlling one has no foreground, and an error is less than 0. OpenSSH and sudo turn the echo off while they ask.
    public bool IsFree
    {
        get
        {
            var foreground = GetForegroundGroup(Descriptor);
            return (foreground < 0 || foreground == GetGroup()) && TerminalSettings.Get(Descriptor) is not { HasEcho: false };
        }
    }

    public void Write(string text)
    {
        try
        {
            Output.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // It was closed. The hang-up that follows ends the run, and that cleans up first.
        }
    }

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    private static partial int GetForegroundGroup(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int GetGroup();
}
