using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Microsoft.Win32.SafeHandles;
using System.Runtime.CompilerServices;

namespace BdSync.Cli.Variants;

/// <summary>
/// Natively compiled code uses only the instructions that it was compiled for. So the native program for x86-64 is compiled for the
/// oldest processors, runs on all, and carries itself compiled for newer ones: this starts the best of these that the processor can
/// run, in place of the running program. It stays one file that can be copied. See docs/performance.md.
/// </summary>
internal static partial class ProcessorVariant
{
    /// <summary>Keeps the variant that was started; <c>none</c> for the program as it is, <c>v3</c> or <c>v4</c> for at most that. For tests.</summary>
    public const string Switch = "BDSYNC_VARIANT";

    /// <summary>MFD_CLOEXEC (linux/memfd.h).</summary>
    private const uint CloseOnExec = 1;

    /// <summary>PR_SET_NAME (linux/prctl.h).</summary>
    private const int SetName = 15;

    /// <summary>SIGPIPE (signal.h).</summary>
    private const int SignalPipe = 13;

    // The levels of the x86-64 psABI, by the names that the kernel gives their features in /proc/cpuinfo; a feature is listed there only if the kernel supports it.
    private static readonly (string Name, string[] Features)[] Levels =
    [
        ("v4", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx2", "bmi1", "bmi2", "fma", "f16c", "abm", "movbe"]),
        ("v3", ["avx2", "bmi1", "bmi2", "fma", "f16c", "abm", "movbe"]),
    ];

    /// <summary>Starts a better variant. Returns where there is none, or where it can't be started: then this one goes on.</summary>
    public static void Start(string[] arguments)
    {
        // A variant, and code that is compiled as it runs, know the instructions already.
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            return;
        }

        if (Avx2.IsSupported)
        {
            // What was started from memory is called after that: pgrep and killall shall find it all the same.
            ControlProcess(SetName, "bdsync");
            return;
        }

        var limit = Environment.GetEnvironmentVariable(Switch);
        if (limit == "none")
        {
            return;
        }

        var features = ReadFeatures();
        foreach (var (name, required) in Levels.SkipWhile(level => limit is not null && level.Name != limit))
        {
            if (features.IsSupersetOf(required) && typeof(ProcessorVariant).Assembly.GetManifestResourceStream($"bdsync-{name}") is UnmanagedMemoryStream program)
            {
                Execute(program, arguments);
            }
        }
    }

    private static HashSet<string> ReadFeatures()
    {
        try
        {
            // The processors' entries are alike: the first one will do.
            var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal));
            return [.. (line ?? "").Split(' ')];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Returns only where it fails.
    private static unsafe void Execute(UnmanagedMemoryStream program, string[] arguments)
    {
        var descriptor = CreateMemoryFile("bdsync", CloseOnExec);
        if (descriptor < 0)
        {
            return;
        }

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(file, new ReadOnlySpan<byte>(program.PositionPointer, (int)program.Length), 0);

        // The runtime ignores SIGPIPE, and what is ignored stays so: what the variant starts would inherit it.
        SetSignal(SignalPipe, 0);
        _ = Execute(descriptor, ToVector([Environment.GetCommandLineArgs()[0], .. arguments]), GetEnvironment());
    }

    // Never freed: the program is about to be replaced.
    private static unsafe byte** ToVector(string[] words)
    {
        var vector = (byte**)NativeMemory.Alloc((nuint)words.Length + 1, (nuint)sizeof(byte*));
        for (var index = 0; index < words.Length; index++)
        {
            vector[index] = (byte*)Marshal.StringToCoTaskMemUTF8(words[index]);
        }

        vector[words.Length] = null;
        return vector;
    }

    private static unsafe byte** GetEnvironment()
    {
        var library = NativeLibrary.GetMainProgramHandle();
        return *(byte***)NativeLibrary.GetExport(library, "environ");
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fexecve")]
    private static unsafe partial int Execute(int descriptor, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "prctl", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ControlProcess(int operation, string name);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignal(int signal, nint handler);
}
