using System.Text;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Formats;

namespace LogScalePaging.Core.Tests.Export;

public class FieldPickerTests
{
    [Fact]
    public void ItFindsTheSameAsAJsonReader()
    {
        var names = HostileEvents.Names.Select(n => n.Text).ToArray();
        var picker = new FieldPicker(names);
        foreach (var e in HostileEvents.Events())
        {
            using var document = System.Text.Json.JsonDocument.Parse(e.Utf8);
            picker.Read(e.Utf8.Span);
            for (var column = 0; column < names.Length; column++)
            {
                var found = picker.TryGet(column, e.Utf8.Span, out var value);
                Assert.Equal(document.RootElement.TryGetProperty(names[column], out var expected), found);
                Assert.Equal(found ? expected.GetRawText() : "", Encoding.UTF8.GetString(value));
            }
        }
        Assert.Equal(0, picker.Damaged);
    }

    [Theory]
    [InlineData("{}", false, false)]
    [InlineData(" { } ", false, false)]
    [InlineData("{\t\"a\" : \"b\" , \"c\" :\r\n-1.5e3 }", true, false)]
    [InlineData("", false, true)]
    [InlineData("[1]", false, true)]
    [InlineData("nonsense", false, true)]
    [InlineData("{", false, true)]
    [InlineData("{\"a\"", false, true)]
    [InlineData("{\"a\":}", false, true)]
    [InlineData("{\"a\":\"x", false, true)]
    [InlineData("{\"a\":1", false, true)]
    [InlineData("{\"a\":1,", true, true)]
    [InlineData("{\"a\":1]", true, true)]
    [InlineData("{\"a\":1,\"c\":\"x\\", true, true)]
    [InlineData("{\"a\":1,\"c\":{\"b\":\"", true, true)]
    public void Damage_EndsTheEventAndIsCounted(string json, bool found, bool damaged)
    {
        var picker = new FieldPicker(["a"]);
        picker.Read(Encoding.UTF8.GetBytes(json));
        Assert.Equal((found, damaged ? 1 : 0), (picker.TryGet(0, Encoding.UTF8.GetBytes(json), out _), picker.Damaged));
    }

    [Fact]
    public void AnyBytes_AreHandled()
    {
        var random = new Random(42);
        var alphabet = Encoding.UTF8.GetBytes("{}[]\":,\\u00ae1 \n\0\xff");
        var row = new CsvRow([""]);
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = new byte[random.Next(40)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = alphabet[random.Next(alphabet.Length)];
            if (bytes.Length > 0)
                bytes[0] = (byte)'{';
            Assert.False(row.Format(bytes).IsEmpty);
        }
    }
}
