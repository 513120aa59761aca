namespace LogScalePaging.Simulator.Events;

/// <summary>The vocabulary of the generated events.</summary>
internal static class EventTemplates
{
    /// <summary>Name of an event, and its share of 100 events.</summary>
    public static IReadOnlyList<(string Name, int Share)> Names { get; } =
    [
        ("ProcessRollup2", 30), ("DnsRequest", 20), ("NetworkConnectIP4", 18), ("EndOfProcess", 12), ("FileWritten", 8),
        ("UserLogon", 4), ("SyntheticProcessRollup2", 3), ("SensorHeartbeat", 3), ("UserLogoff", 2),
    ];

    public static byte[][] Users { get; } = All("SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE", "a.meyer", "b.nowak", "c.rossi", "d.tanaka",
        "e.smith", "svc_backup", "svc_sql", "administrator", "root");

    public static byte[][] Domains { get; } = All("example.com", "update.example.net", "telemetry.example.org", "cdn.example.com",
        "mail.example.net", "wpad.corp.example", "xn--bcher-kva.example");

    /// <summary>File name, and its command line as it is written in JSON.</summary>
    public static (byte[] File, byte[] Command)[] Processes { get; } =
    [
        ("chrome.exe"u8.ToArray(),
            "\\\"C:\\\\Program Files\\\\Google\\\\Chrome\\\\Application\\\\chrome.exe\\\" --type=renderer --lang=en-US"u8.ToArray()),
        ("svchost.exe"u8.ToArray(), "C:\\\\Windows\\\\System32\\\\svchost.exe -k netsvcs -p -s Schedule"u8.ToArray()),
        ("powershell.exe"u8.ToArray(),
            "powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\\\\Scripts\\\\inventory.ps1"u8.ToArray()),
        ("cmd.exe"u8.ToArray(), "C:\\\\Windows\\\\system32\\\\cmd.exe /c whoami /all"u8.ToArray()),
        ("outlook.exe"u8.ToArray(), "\\\"C:\\\\Program Files\\\\Microsoft Office\\\\root\\\\Office16\\\\OUTLOOK.EXE\\\""u8.ToArray()),
        ("bash"u8.ToArray(), "/bin/bash -c 'for f in /etc/*.conf; do wc -l \\\"$f\\\"; done'"u8.ToArray()),
        ("sshd"u8.ToArray(), "/usr/sbin/sshd -D -R"u8.ToArray()),
        ("python3"u8.ToArray(), "python3 -m http.server 8000"u8.ToArray()),
        ("rundll32.exe"u8.ToArray(), "rundll32.exe C:\\\\Windows\\\\System32\\\\shell32.dll,Control_RunDLL"u8.ToArray()),
        ("java"u8.ToArray(), "/usr/bin/java -Xmx2g -jar /opt/app/service.jar --spring.profiles.active=prod"u8.ToArray()),
    ];

    private static byte[][] All(params string[] texts) => [.. texts.Select(Utf8.Bytes)];
}
