using System.Text.Json;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Schedules;

namespace LogScalePaging.EndToEnd.Tests.Schedules;

/// <summary>Reads a watermark file in a test.</summary>
internal static class WatermarkState
{
    public static Watermark Read(string path) => JsonSerializer.Deserialize<Watermark>(File.ReadAllBytes(path), ExportJson.State)!;
}
