namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>The help of a cmdlet as its page has it.</summary>
internal sealed class HelpPage
{
    /// <summary>Path of the page.</summary>
    public required string File { get; init; }

    /// <summary>Lines of the page.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Name of the cmdlet.</summary>
    public required string Name { get; init; }

    /// <summary>The cmdlet in one paragraph.</summary>
    public required IReadOnlyList<string> Synopsis { get; init; }

    /// <summary>The lines of the syntax, without the heading.</summary>
    public required LineRange Syntax { get; init; }

    /// <summary>Paragraphs of the description.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>Examples in their order.</summary>
    public required IReadOnlyList<PageExample> Examples { get; init; }

    /// <summary>The lines of all parameters, with the heading of the section.</summary>
    public required LineRange ParameterLines { get; init; }

    /// <summary>Parameters in their order.</summary>
    public required IReadOnlyList<PageParameter> Parameters { get; init; }

    /// <summary>The lines about the parameters of every cmdlet, with their heading; null where the page has none.</summary>
    public LineRange? CommonParameters { get; init; }

    /// <summary>What the cmdlet takes from the pipeline.</summary>
    public required IReadOnlyList<PageType> Inputs { get; init; }

    /// <summary>What the cmdlet emits.</summary>
    public required IReadOnlyList<PageType> Outputs { get; init; }

    /// <summary>Paragraphs of the notes.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Where to read on.</summary>
    public required IReadOnlyList<PageLink> Links { get; init; }
}
