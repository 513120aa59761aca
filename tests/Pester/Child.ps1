# Runs test files in this process and prints the totals. Started by run.ps1, and by 'dotnet test', which names one file after another.
[CmdletBinding(DefaultParameterSetName = 'Once')]
param(
    [Parameter(Mandatory, Position = 0)] [string] $Pester,
    [Parameter(Mandatory, Position = 1)] [string] $Module,
    # Files, separated by '|'.
    [Parameter(Mandatory, Position = 2, ParameterSetName = 'Once')] [string] $Tests,
    [Parameter(Position = 3, ParameterSetName = 'Once')] [string] $Verbosity = 'Normal',
    # A file to be written: the line of totals, then a line 'failed: NAME' for each test that failed.
    [Parameter(Position = 4, ParameterSetName = 'Once')] [string] $Result,
    # A named pipe from which lines 'TESTS<tab>RESULT' are read. After each, a line "$EndMark EXITCODE" is printed to both streams.
    [Parameter(Mandatory, ParameterSetName = 'Many')] [string] $Pipe,
    [Parameter(Mandatory, ParameterSetName = 'Many')] [string] $EndMark
)
$ErrorActionPreference = 'Stop'
if (($Result -or $Pipe) -and $PSEdition -eq 'Core') { $PSStyle.OutputRendering = 'PlainText' }

if ($Pipe) {
    # Before the folder for temporary files changes: it holds the pipe.
    $client = [System.IO.Pipes.NamedPipeClientStream]::new('.', $Pipe, 'In')
    $client.Connect(60000)
    $requests = [System.IO.StreamReader]::new($client)
}

Import-Module $Pester
# All signals, errors and files of the tests are searched for secrets. Windows PowerShell and PowerShell below 7.4 cannot compile it.
$watch = if ($PSVersionTable.PSVersion -ge [version]'7.4') {
    (Add-Type -Path "$PSScriptRoot/../Secrets/SecretWatch.cs" -PassThru | Where-Object Name -EQ SecretWatch)
}
if ($watch) {
    $temporary = Join-Path ([System.IO.Path]::GetTempPath()) "logscale-paging-$([guid]::NewGuid().ToString('N'))"
    $env:TMPDIR = $env:TEMP = $env:TMP = [System.IO.Directory]::CreateDirectory($temporary).FullName
    $watch::Watch($temporary)
    $MaximumErrorCount = 32768
}

# What a file can leave in the session. A later file must neither pass nor fail because of it.
function Get-SessionState {
    @{
        Environment = [Environment]::GetEnvironmentVariables()
        Modules     = @(Get-Module).Path
        Variables   = @(Get-Variable -Scope Global).Name
        # Those without a source are no part of a module.
        Functions   = @(Get-ChildItem Function: | Where-Object Source -EQ '').Name
        Aliases     = @(Get-Alias -Scope Global | Where-Object Source -EQ '').Name
        Defaults    = $global:PSDefaultParameterValues.Clone()
        Location    = Get-Location
    }
}

function Restore-SessionState([hashtable] $To) {
    # First: defaults would apply to this function too, and PSModulePath is a variable of the environment.
    $global:PSDefaultParameterValues = $To.Defaults
    $now = [Environment]::GetEnvironmentVariables()
    $now.Keys | Where-Object { -not $To.Environment.Contains($_) } | ForEach-Object { Remove-Item -LiteralPath "Env:$_" }
    $To.Environment.Keys | Where-Object { $now[$_] -cne $To.Environment[$_] } | ForEach-Object { Set-Item -LiteralPath "Env:$_" $To.Environment[$_] }
    Set-Location $To.Location
    # Connections and simulators end with the module. The modules of PowerShell stay.
    Get-Module | Where-Object { $_.Path -notin $To.Modules -and $_.Path -notlike "$PSHOME*" } | Remove-Module -Force
    $left = Get-SessionState
    $left.Variables | Where-Object { $_ -notin $To.Variables } | ForEach-Object { Remove-Variable $_ -Scope Global -Force -ErrorAction Ignore }
    $left.Functions | Where-Object { $_ -notin $To.Functions } | ForEach-Object { Remove-Item -LiteralPath "Function:$_" -Force -ErrorAction Ignore }
    $left.Aliases | Where-Object { $_ -notin $To.Aliases } | ForEach-Object { Remove-Item -LiteralPath "Alias:$_" -Force -ErrorAction Ignore }
}

# Runs the files and returns the exit code. Everything else goes to the host.
function Invoke-TestFile([string] $Tests, [string] $Verbosity, [string] $Result) {
    # Modules and variables of the developer, or of the file before, must not affect the tests.
    $env:PSModulePath = Join-Path $PSHOME 'Modules'
    'LOGSCALE_BASE_URL', 'LOGSCALE_REPO', 'LOGSCALE_TOKEN', 'CA_BUNDLE', 'AXIOM_TOKEN', 'AXIOM_ORG_ID', 'AXIOM_URL', 'TANIUM_URL', 'TANIUM_TOKEN', 'FALCON_CLIENT_ID', 'FALCON_CLIENT_SECRET', 'FALCON_BASE_URL', 'FALCON_CLOUD', 'FALCON_MEMBER_CID' | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
    $env:LOGSCALEPAGING_MODULE = $Module
    $global:Error.Clear()
    $before = Get-SessionState

    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Tests -split '\|'
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = $Verbosity
    if ($Result) { $configuration.Output.RenderMode = 'Plaintext' }
    $configuration.TestRegistry.Enabled = $false
    $run = Invoke-Pester -Configuration $configuration
    # Before the search for secrets: what ends here writes signals too.
    Restore-SessionState $before

    # A file that cannot be discovered has no tests that could fail.
    $failures = @($run.Failed + $run.FailedBlocks | ForEach-Object ExpandedPath) + @($run.FailedContainers | ForEach-Object { "$($_.Item)" })
    $failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
    if ($watch) {
        $global:Error | ForEach-Object { $watch::Look('error', "$_ $($_.ErrorDetails) $($_.Exception)") }
        foreach ($leak in $watch::Take()) {
            $failed++
            $failures += "A secret came out: $leak"
            [Console]::Out.WriteLine("A secret came out: $leak")
        }
    }
    $totals = "Pester: $($run.PassedCount) passed, $failed failed, $($run.SkippedCount + $run.NotRunCount) skipped"
    if ($Result) {
        $lines = @($totals) + @($failures | ForEach-Object { "failed: $($_ -replace '\s+', ' ')" })
        [System.IO.File]::WriteAllLines($Result, [string[]]$lines)
    }
    [Console]::Out.WriteLine($totals)
    [int]($failed -gt 0 -or $run.PassedCount -eq 0)
}

if ($Pipe) {
    while ($line = $requests.ReadLine()) {
        $tests, $result = $line -split "`t"
        $code = Invoke-TestFile $tests Normal $result
        # A test may have written a line without its end.
        foreach ($stream in [Console]::Out, [Console]::Error) { $stream.WriteLine("`n$EndMark $code") }
    }
    $code = 0
}
else { $code = Invoke-TestFile $Tests $Verbosity $Result }
if ($watch) { Remove-Item $temporary -Recurse -Force -ErrorAction SilentlyContinue }
exit $code
