$folder = $PSScriptRoot
$context = [System.Runtime.Loader.AssemblyLoadContext]::new('Rival')
$context.add_Resolving({
        param($Context, $Name)
        $file = Join-Path $folder "$($Name.Name).dll"
        if (Test-Path $file) { $Context.LoadFromAssemblyPath($file) }
    })
$report = $context.LoadFromAssemblyPath((Join-Path $folder Rival.dll)).GetType('Rival.RivalReport')
function Get-RivalReport { $report::Create() }
Export-ModuleMember Get-RivalReport
