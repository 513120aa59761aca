#nullable enable
#pragma warning disable IDE0005 // PowerShell compiles this file without the usings that the projects add.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
#pragma warning restore IDE0005

namespace LogScalePaging.Support;

/// <summary>
/// Looks for the secrets that the tests use in everything that the product says and writes: all signals, all exceptions when they are
/// thrown, output, and files before they are deleted. Compiled into each project of tests, and by the Pester suite.
/// </summary>
public static class SecretWatch
{
    // The secrets of the helpers that connect. A secret of one test only is looked for by that test.
    private static readonly string[] s_secrets =
    [
        "simulator-token", "simulator-client-secret", "simulatorSecret0123456789simulatorSecret",
        "s3cret&/+=Value9", "s3cr&t/+=Value9", "tok-7f3a9c0d1e2b", "typed-by-hand",
    ];

    // Files in which a test hands its secret over (a token file, a module in place of SecretManagement), and the help, whose examples name
    // the
    // secrets of the simulator.
    private static readonly Regex s_handed = new(@"^(token|secret)|\.psm1$|-Help\.xml$", RegexOptions.CultureInvariant);
    private static readonly string[] s_products = ["LogScalePaging", "LogScalePaging.Core", "logscale-paging"];
    private static readonly string[] s_forms = [.. s_secrets.SelectMany(Forms).Distinct()];
    private static readonly ConcurrentQueue<string> s_leaks = new();
    private static readonly ConcurrentDictionary<Assembly, bool> s_engines = new();
    private static readonly ConcurrentBag<FileSystemWatcher> s_watchers = [];
    private static readonly AsyncLocal<ConcurrentQueue<string>?> s_planted = new();

    // The tokens that the simulated gateway issues. Longer base64, such as the hashes in a watermark file, can have the same letters in it.
    private static readonly Regex s_issued = new("(?<![A-Za-z0-9+/])eyJ[A-Za-z0-9]{61}(?![A-Za-z0-9+/=])", RegexOptions.CultureInvariant);

    [ThreadStatic]
    private static bool t_looks;

    static SecretWatch()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, e) => Engine(e.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            Engine(assembly);
        // Last: an exception of this constructor would come here, and there would be no end to it.
        AppDomain.CurrentDomain.FirstChanceException += (_, e) => Thrown(e.Exception);
    }

    /// <summary>What is found in what a test does on purpose; it is no leak.</summary>
    public static IReadOnlyList<string> Planted(Action leak)
    {
        var found = new ConcurrentQueue<string>();
        s_planted.Value = found;
        try
        {
            leak();
        }
        finally
        {
            s_planted.Value = null;
        }
        return [.. found];
    }

    /// <summary>Looks at a text.</summary>
    /// <param name="where">Where it comes from, for the message.</param>
    /// <param name="text">The text.</param>
    public static void Look(string where, string? text)
    {
        if (text is null)
            return;
        foreach (var form in s_forms)
        {
            if (text.IndexOf(form, StringComparison.Ordinal) is >= 0 and var at)
                Found(where, text, at);
        }
        if (s_issued.Match(text) is { Success: true } issued)
            Found(where, text, issued.Index);
    }

    /// <summary>Looks at all files below a folder, but not at those that a test put there with its secret.</summary>
    public static void LookIn(string folder)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            LookAt(file);
    }

    /// <summary>Looks at a file. A pipe or a device has no length and is not opened.</summary>
    public static void LookAt(FileInfo file)
    {
        try
        {
            if (!file.Exists || file.Length == 0 || (file.Attributes & FileAttributes.ReparsePoint) != 0 || s_handed.IsMatch(file.Name))
                return;
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var unpacked = file.Extension == ".gz" ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
            using var reader = new StreamReader(unpacked, Encoding.GetEncoding("ISO-8859-1"));
            Look(file.FullName, reader.ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Gone, locked by a run that goes on, or damaged by the test.
        }
    }

    /// <summary>Looks at every file that is made or changed below a folder, as soon as the system tells of it.</summary>
    public static void Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite;
        watcher.Created += (_, e) => LookAt(new FileInfo(e.FullPath));
        watcher.Renamed += (_, e) => LookAt(new FileInfo(e.FullPath));
        watcher.Changed += (_, e) => LookAt(new FileInfo(e.FullPath));
        watcher.EnableRaisingEvents = true;
        s_watchers.Add(watcher);
    }

    /// <summary>What was found since the last call; empty when there is nothing.</summary>
    public static IReadOnlyList<string> Take()
    {
        var found = new List<string>();
        while (s_leaks.TryDequeue(out var leak))
            found.Add(leak);
        return found;
    }

    /// <summary>Fails when anything was found so far, in whichever test.</summary>
    public static void AssertNone()
    {
        if (Take() is { Count: > 0 } leaks)
            throw new InvalidOperationException($"A secret came out:\n{string.Join("\n", leaks)}");
    }

    private static void Found(string where, string text, int at)
    {
        var start = Math.Max(0, at - 100);
        (s_planted.Value ?? s_leaks).Enqueue($"{where}: …{text.Substring(start, Math.Min(text.Length - start, 200))}…");
    }

    // As it is, percent-encoded, and in Base64 wherever it begins within three bytes.
    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', before) + secret));
            // The characters at both ends depend on the neighbours.
            yield return text.Substring(before == 0 ? 0 : 4, text.Length - 8);
        }
    }

    private static void Thrown(Exception exception)
    {
        if (t_looks || Array.IndexOf(s_products, exception.GetType().Assembly.GetName().Name) < 0)
            return;
        t_looks = true;
        try
        {
            Look("exception", exception.ToString());
            foreach (var property in exception.GetType().GetProperties().Where(p => p.PropertyType == typeof(string)))
                Look($"{exception.GetType().Name}.{property.Name}", (string?)property.GetValue(exception));
        }
        finally
        {
            t_looks = false;
        }
    }

    // The engine is found by name: PowerShell loads it into a separate load context.
    private static void Engine(Assembly assembly)
    {
        if (assembly.GetName().Name != "LogScalePaging.Core" || !s_engines.TryAdd(assembly, true))
            return;
        var log = assembly.GetType("LogScalePaging.Diagnostics.SignalLog", throwOnError: true)!;
        var emitted = log.GetEvent("EmittedByAny", BindingFlags.Static | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException("The engine has no SignalLog.EmittedByAny.");
        var add = emitted.GetAddMethod(nonPublic: true)!;
        var method = typeof(SecretWatch).GetMethod(nameof(Signal), BindingFlags.Static | BindingFlags.NonPublic)!;
        add.Invoke(null, [Delegate.CreateDelegate(emitted.EventHandlerType!, method)]);
    }

    private static void Signal(object signal) => Look("signal", signal.ToString());
}
