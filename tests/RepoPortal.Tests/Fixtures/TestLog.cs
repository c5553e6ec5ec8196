using Microsoft.Extensions.Logging;

namespace RepoPortal.Tests.Fixtures;

/// <summary>Shows what was logged with the test that was running, when that test fails.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            _output?.WriteLine($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
        }
        catch (InvalidOperationException)
        {
            // The test has ended; nobody reads it any more.
        }
    }

    public void Dispose()
    {
    }
}
