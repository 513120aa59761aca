using System.Globalization;
using LogScalePaging.Common;

namespace LogScalePaging.Export.Slices;

/// <summary>Which slice of a plan a run exports: named by the user, or by the engine that started the run.</summary>
public static class SliceIndex
{
    /// <summary>The variable that Slurm sets for each task of an array.</summary>
    public const string SlurmVariable = "SLURM_ARRAY_TASK_ID";

    /// <summary>The variable that Kubernetes sets for each pod of an Indexed Job.</summary>
    public const string KubernetesVariable = "JOB_COMPLETION_INDEX";

    private static readonly string[] s_variables = [SlurmVariable, KubernetesVariable];

    /// <summary>The index.</summary>
    /// <param name="given">What the user named; null for the variables.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="ArgumentException">There is no index, it is not a number, or two differ.</exception>
    public static int Of(int? given, Func<string, string?> environment)
    {
        var found = s_variables.Select(name => (Name: name, Text: environment(name)?.Trim())).Where(v => !string.IsNullOrEmpty(v.Text))
            .Select(v => (v.Name, Index: Number(v.Name, v.Text!))).ToList();
        if (found.Count == 2 && found[0].Index != found[1].Index)
            throw new ArgumentException(FormattableString.Invariant(
                $"{found[0].Name} is {found[0].Index}, but {found[1].Name} is {found[1].Index}. Unset one of them."));
        // An index that is given decides. A task of an array may run another slice on purpose.
        if (given is { } index)
            return index;
        return found.Count > 0 ? found[0].Index : throw new ArgumentException(
            $"The index of the slice is missing. Use -Index (--index), or start it as a task of an array, which sets {SlurmVariable} or "
                + $"{KubernetesVariable}.");
    }

    private static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{name} is '{Printable.Line(text)}', which is not the index of a slice.");
}
