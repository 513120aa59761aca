using LogScalePaging.HelpBuilder.Output;

namespace LogScalePaging.HelpBuilder.Tests;

public sealed class CmdletReaderTests
{
    [Fact]
    public void Cmdlets_are_found_by_their_attribute() => Assert.Equal(["Get-Sample", "Stop-Sample"], Sample.Cmdlets.Keys);

    [Fact]
    public void Hidden_parameters_and_properties_without_attribute_are_left_out()
    {
        var names = Sample.Cmdlet.Parameters.Select(p => p.Name).ToList();
        Assert.DoesNotContain("Hidden", names);
        Assert.DoesNotContain("Other", names);
        Assert.Contains("Limit", names);
    }

    [Fact]
    public void Output_types_have_their_full_names() => Assert.Equal(
        ["System.DateTime[]", "System.Collections.Generic.Dictionary[System.String,System.Int32]", "Sample.Text"],
        Sample.Cmdlet.OutputTypes);

    [Theory]
    [InlineData("Name", "String", "System.String")]
    [InlineData("Path", "String[]", "System.String[]")]
    [InlineData("Limit", "Int64", "System.Int64")]
    [InlineData("Argument", "IDictionary", "System.Collections.IDictionary")]
    [InlineData("Kind", "SampleKind", "LogScalePaging.HelpBuilder.Tests.SampleKind")]
    public void Types_have_the_names_that_Get_Help_shows(string name, string type, string fullType)
    {
        var parameter = Sample.Cmdlet.Parameters.Single(p => p.Name == name);
        Assert.Equal((type, fullType), (parameter.TypeName, parameter.FullTypeName));
    }

    [Fact]
    public void The_syntax_has_the_order_of_Get_Command() => Assert.Equal(
        [
            "",
            "### Name (Default)",
            "",
            "```",
            "Get-Sample [-Name] <String> [[-Path] <String[]>] [-Kind <SampleKind>] [-Argument <IDictionary>]",
            " [-Limit <Int64>] [-WhatIf] [-Confirm] [<CommonParameters>]",
            "```",
            "",
            "### Id",
            "",
            "```",
            "Get-Sample [-Path] <String[]> -Id <Int32> -Exact [-Kind <SampleKind>] [-Level <String[]>]",
            " [-Argument <IDictionary>] [-Limit <Int64>] [-WhatIf] [-Confirm] [<CommonParameters>]",
            "```",
            "",
        ],
        SyntaxText.Of(Sample.Cmdlet));

    [Fact]
    public void One_parameter_set_needs_no_name() =>
        Assert.Equal(["", "```", "Stop-Sample [<CommonParameters>]", "```", ""], SyntaxText.Of(Sample.Cmdlets["Stop-Sample"]));

    [Fact]
    public void A_parameter_that_sets_take_differently_has_a_block_for_each()
    {
        var path = Sample.Cmdlet.Parameters.Single(p => p.Name == "Path");
        Assert.Equal(
            [
                "```yaml", "Type: String[]", "Parameter Sets: Name", "Aliases: FilePath, PSPath", "", "Required: False", "Position: 1",
                "Default value: all", "Accept pipeline input: False", "Accept wildcard characters: True", "```",
                "",
                "```yaml", "Type: String[]", "Parameter Sets: Id", "Aliases: FilePath, PSPath", "", "Required: True", "Position: 0",
                "Default value: all", "Accept pipeline input: False", "Accept wildcard characters: True", "```",
            ],
            ParameterBlock.Of(Sample.Cmdlet, path, "all"));
    }

    [Theory]
    [InlineData("Kind", "Accepted values: Small, Large")]
    [InlineData("Level", "Accepted values: low, high")]
    [InlineData("Name", "Accept pipeline input: True (ByValue, ByPropertyName)")]
    [InlineData("Exact", "Accept pipeline input: True (ByPropertyName)")]
    [InlineData("Exact", "Default value: False")]
    [InlineData("Limit", "Default value: None")]
    [InlineData("Limit", "Parameter Sets: (All)")]
    [InlineData("Confirm", "Aliases: cf")]
    public void Blocks_state_what_the_class_says(string name, string line) =>
        Assert.Contains(line, ParameterBlock.Of(Sample.Cmdlet, Sample.Cmdlet.Parameters.Single(p => p.Name == name), null));
}
