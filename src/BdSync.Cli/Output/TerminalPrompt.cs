using System.Text;

namespace BdSync.Cli.Output;

/// <summary>Asks the user, where there is a terminal.</summary>
internal static class TerminalPrompt
{
    /// <summary>Asks for a secret; it isn't shown.</summary>
    /// <param name="question">The question.</param>
    /// <returns>The answer; null where there is no terminal, or where the user gave up.</returns>
    public static string? AskSecret(string question)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return null;
        }

        Console.Error.Write($"{question}: ");
        var answer = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.Error.WriteLine();
                    return answer.ToString();
                case ConsoleKey.Escape:
                    Console.Error.WriteLine();
                    return null;
                case ConsoleKey.Backspace when answer.Length > 0:
                    answer.Length--;
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        answer.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
