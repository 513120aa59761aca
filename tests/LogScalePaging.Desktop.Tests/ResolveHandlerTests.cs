namespace LogScalePaging.Desktop.Tests;

public sealed class ResolveHandlerTests
{
    private const string Token = "PublicKeyToken=cc7b13ffcd2ddd51";
    private static readonly string s_ours = Path.Combine(Folders.Shipped, "System.Memory.dll");

    [Theory]
    [InlineData("4.0.2.0")]
    [InlineData("4.0.3.0")]
    public void A_request_from_the_module_folder_gets_its_version_or_a_higher_one(string version) =>
        Assert.Equal(Path.Combine(Folders.Shipped, "System.Buffers.dll"), ResolveHandler.Find(Buffers(version), s_ours));

    [Theory]
    [InlineData("4.0.3.1")]
    [InlineData("4.0.4.0")]
    [InlineData("5.0.0.0")]
    public void A_lower_version_than_requested_is_not_returned(string version) =>
        Assert.Null(ResolveHandler.Find(Buffers(version), s_ours));

    public static TheoryData<string?> Elsewhere =>
    [
        null,
        "",
        Path.Combine(Path.GetTempPath(), "Other", "Other.dll"),
        Path.Combine(Folders.Shipped + "x", "Other.dll"),
        Path.Combine(Folders.Shipped, "below", "Other.dll"),
        Path.Combine(Path.GetDirectoryName(Folders.Shipped)!, "Other.dll"),
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void A_request_from_elsewhere_is_not_answered(string? requestedBy) =>
        Assert.Null(ResolveHandler.Find(Buffers("4.0.2.0"), requestedBy));

    [Theory]
    [InlineData("System.Buffers, Version=4.0.2.0, Culture=neutral, PublicKeyToken=b77a5c561934e089")]
    [InlineData("System.Buffers, Version=4.0.2.0, Culture=de, " + Token)]
    [InlineData("System.Buffers.resources, Version=4.0.3.0, Culture=de, " + Token)]
    [InlineData("System.Nothing, Version=4.0.2.0, Culture=neutral, " + Token)]
    public void Another_assembly_is_not_returned(string requested) => Assert.Null(ResolveHandler.Find(requested, s_ours));

    [Fact]
    public void A_request_without_a_version_takes_any() => Assert.NotNull(ResolveHandler.Find("System.Buffers", s_ours));

    private static string Buffers(string version) => $"System.Buffers, Version={version}, Culture=neutral, {Token}";
}
