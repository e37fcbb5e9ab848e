using System.Text;

namespace BdSync.Protocol.Transports;

/// <summary>
/// Splits a REMSHCMD into words as the C tool does: at spaces; a part in '…' or "…" keeps its spaces and loses its quotes; a
/// doubled quote inside such a part stands for itself. No shell is involved: nothing else is special.
/// </summary>
public static class RemoteCommand
{
    /// <summary>Splits a command.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The words, at least one.</returns>
    /// <exception cref="BdSyncException">A quote has no end, or there is no word (<see cref="BdSyncExitStatus.Parameters"/>).</exception>
    public static IReadOnlyList<string> Split(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        List<string> words = [];
        StringBuilder? word = null;
        for (var index = 0; index < command.Length; index++)
        {
            var character = command[index];
            if (character == ' ')
            {
                Complete();
            }
            else if (character is '\'' or '"')
            {
                word ??= new();
                index = ReadQuoted(command, index, word);
            }
            else
            {
                (word ??= new()).Append(character);
            }
        }

        Complete();
        return words.Count > 0
            ? words
            : throw new BdSyncException(BdSyncExitStatus.Parameters, "The remote-shell command is empty.");

        void Complete()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }

    // Returns the index of the closing quote.
    private static int ReadQuoted(string command, int start, StringBuilder word)
    {
        var quote = command[start];
        for (var index = start + 1; index < command.Length; index++)
        {
            if (command[index] != quote)
            {
                word.Append(command[index]);
            }
            else if (index + 1 < command.Length && command[index + 1] == quote)
            {
                word.Append(quote);
                index++;
            }
            else
            {
                return index;
            }
        }

        throw new BdSyncException(BdSyncExitStatus.Parameters, $"The remote-shell command has a {quote} without an end: {command}");
    }
}
