using System.Runtime.InteropServices;
using BackupAgent;
using BdSync.Protocol;

if (args is not [var sourcePath, var targetPath, var patchFolder])
{
    Console.Error.WriteLine("Usage: BackupAgent SOURCE TARGET PATCH-FOLDER");
    return 1;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var agent = new Agent(patchFolder, new ProgressPrinter(Console.Error));
    var written = await agent.BackUpAsync(sourcePath, targetPath, stop.Token);
    Console.WriteLine($"{targetPath} is up to date: {written} bytes were written.");
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (BdSyncException exception)
{
    Console.Error.WriteLine(exception.Message);
    return (int)exception.ExitStatus;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"There can be no patch in {patchFolder}: {exception.Message}");
    return (int)BdSyncExitStatus.Write;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
