using System.Text;
using LogScalePaging.Export;

namespace LogScalePaging.Core.Tests.Export;

public class JsonFieldsTests
{
    private static (List<(string Name, string Raw)> Fields, bool Damaged) Read(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var found = new List<(string, string)>();
        var fields = new JsonFields(bytes);
        while (fields.MoveNext())
            found.Add((Encoding.UTF8.GetString(fields.Name.In(bytes)), Encoding.UTF8.GetString(fields.Value.RawIn(bytes))));
        return (found, fields.IsDamaged);
    }

    [Fact]
    public void WhatItFinds_IsWhatAJsonReaderFinds()
    {
        foreach (var e in HostileEvents.Events())
        {
            using var document = System.Text.Json.JsonDocument.Parse(e.Utf8);
            var (fields, damaged) = Read(e.ToString());
            Assert.False(damaged);
            Assert.Equal(document.RootElement.EnumerateObject().Select(p => p.Value.GetRawText()), fields.Select(f => f.Raw));
        }
    }

    [Theory]
    [InlineData("{}", 0, false)]
    [InlineData(" { } ", 0, false)]
    [InlineData("{\t\"a\" : \"b\" , \"c\" :\r\n-1.5e3 }", 2, false)]
    [InlineData("{\"\":{},\"b\":[]}", 2, false)]
    [InlineData("", 0, true)]
    [InlineData("[1]", 0, true)]
    [InlineData("nonsense", 0, true)]
    [InlineData("{", 0, true)]
    [InlineData("{\"a\"", 0, true)]
    [InlineData("{\"a\":}", 0, true)]
    [InlineData("{\"a\":1", 1, true)]
    [InlineData("{\"a\":\"x", 1, true)]
    [InlineData("{\"a\":\"x\\", 1, true)]
    [InlineData("{\"a\":{\"b\":\"", 1, true)]
    [InlineData("{\"a\":1]", 1, true)]
    public void Damage_EndsTheWalkAndIsSeen(string json, int fields, bool damaged)
    {
        var found = Read(json);
        Assert.Equal((fields, damaged), (found.Fields.Count, found.Damaged));
    }

    [Fact]
    public void AnyBytes_AreSurvived()
    {
        var random = new Random(42);
        var alphabet = Encoding.UTF8.GetBytes("{}[]\":,\\u00ae1 \n\0\xff");
        var decoder = new JsonDecoder();
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = new byte[random.Next(40)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = alphabet[random.Next(alphabet.Length)];
            if (bytes.Length > 0)
                bytes[0] = (byte)'{';
            var fields = new JsonFields(bytes);
            while (fields.MoveNext())
                decoder.Decode(fields.Value.In(bytes));
            decoder.Decode(bytes);
        }
    }

    [Theory]
    [InlineData("\\u12", "\\u12")]
    [InlineData("\\x41", "\\x41")]
    [InlineData("\\", "\\")]
    [InlineData("a\\u0041\\u00e9\\u20ac\\ud83d\\ude00z", "aAé€😀z")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\ufffd😀")]
    [InlineData("\\ud83dx", "\ufffdx")]
    public void Escapes_AreDecodedOrKept(string raw, string text) =>
        Assert.Equal(text, new JsonDecoder().DecodeToString(Encoding.UTF8.GetBytes(raw)));
}
