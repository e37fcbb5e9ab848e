using System.Text;

namespace BdSync.Cli.Tasks.Running;

/// <summary>Cuts what a shell command prints into lines; memory does not depend on it.</summary>
internal static class HookOutput
{
    /// <summary>A longer line goes on in a new one, in characters.</summary>
    public const int MaxLineLength = 4096;

    /// <summary>Reads to the end.</summary>
    /// <param name="reader">The output.</param>
    /// <param name="onLine">Receives each line, without its end. A last one without an end counts as well, if there is anything in it.</param>
    public static async Task ReadAsync(TextReader reader, Action<string> onLine)
    {
        var buffer = new char[MaxLineLength];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            foreach (var character in buffer.AsSpan(0, read))
            {
                // Both halves of a pair stay together.
                if (character == '\n' || (line.Length >= MaxLineLength && !char.IsLowSurrogate(character)))
                {
                    Emit();
                }

                if (character is not '\n' and not '\r')
                {
                    line.Append(character);
                }
            }
        }

        if (line.Length > 0)
        {
            Emit();
        }

        void Emit()
        {
            onLine(line.ToString());
            line.Clear();
        }
    }
}
