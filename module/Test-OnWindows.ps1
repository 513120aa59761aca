<#
.SYNOPSIS
Tests the module on this computer, and prints a report that can be pasted into an issue.
.DESCRIPTION
Tries the module in Windows PowerShell 5.1 and in PowerShell 7, each in a new process, against the simulator of the module. It needs no
network, no server and no administrator, and it removes its temporary files. The report has the versions of Windows, PowerShell, .NET and
the module, the result of each step, and the text of errors. Names of the user and of the computer, and paths of the user's profile, are
replaced by <user>, <computer> and <profile>. The module is tested by its authors on Linux, so a report from Windows is welcome also if all steps pass.

The exit code is 0 if all steps pass in each PowerShell, else 1.
.EXAMPLE
& (Join-Path (Get-Module LogScalePaging -ListAvailable | Select-Object -First 1).ModuleBase Test-OnWindows.ps1)
Runs all steps in each PowerShell of this computer, and prints the report.
.EXAMPLE
powershell -ExecutionPolicy Bypass -File .\Test-OnWindows.ps1
Does the same from a command prompt, in the folder of the module, if the execution policy of the computer allows no scripts.
#>
[CmdletBinding()]
param(
    # Runs the steps in this PowerShell only, in this process.
    [switch] $Here
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Removes what identifies a person or a computer.
function Get-PublicText([string] $Text) {
    $temporary = [System.IO.Path]::GetTempPath().TrimEnd('\', '/')
    $private = @(
        @{ Value = $temporary; Name = '<temp>' }
        @{ Value = $env:LOCALAPPDATA; Name = '<profile>' }
        @{ Value = $env:USERPROFILE; Name = '<profile>' }
        @{ Value = $HOME; Name = '<profile>' }
        @{ Value = [Environment]::MachineName; Name = '<computer>' }
        @{ Value = [Environment]::UserName; Name = '<user>' }
    )
    foreach ($item in $private) {
        # A shorter name could be a part of any word.
        if ("$($item.Value)".Length -gt 2) { $Text = $Text -replace [regex]::Escape($item.Value), $item.Name }
    }
    $Text
}

# The programs of the PowerShells of this computer.
function Get-PowerShellProgram {
    $own = (Get-Process -Id $PID).Path
    $found = @(Get-Command powershell.exe, pwsh.exe -CommandType Application -ErrorAction Ignore | ForEach-Object { $_.Source })
    # An editor has another program.
    if ([System.IO.Path]::GetFileNameWithoutExtension($own) -in 'pwsh', 'powershell') { $found = @($own) + $found }
    $found | Select-Object -Unique
}

if (-not $Here) {
    $programs = @(Get-PowerShellProgram)
    if ($programs) {
        $bad = 0
        foreach ($program in $programs) {
            $policy = if ([Environment]::OSVersion.Platform -eq 'Win32NT') { '-ExecutionPolicy', 'Bypass' }
            & $program -NoProfile -NonInteractive @policy -File $PSCommandPath -Here
            if ($LASTEXITCODE -ne 0) { $bad++ }
        }
        exit [int]($bad -gt 0)
    }
}

$passed = 0
$failed = 0
function Step([string] $Name, [scriptblock] $Work) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        $fact = & $Work
        $script:passed++
        $text = 'passed  {0,-34} {1,6:0} ms  {2}' -f $Name, $clock.Elapsed.TotalMilliseconds, ($fact -join ', ')
    }
    catch {
        $script:failed++
        $text = 'FAILED  {0,-34} {1,6:0} ms  {2} ({3})' -f $Name, $clock.Elapsed.TotalMilliseconds, $_, $_.Exception.GetType().Name
        if ($_.FullyQualifiedErrorId -ne "$_") { $text += "`n        $($_.FullyQualifiedErrorId)" }
        if ($_.Exception.InnerException) { $text += "`n        $($_.Exception.InnerException.GetType().FullName): $($_.Exception.InnerException.Message)" }
    }
    Get-PublicText $text
}
function Assert([bool] $Condition, [string] $Message) { if (-not $Condition) { throw $Message } }

function Test-Module {
    Step 'import again' { Import-Module $manifest -Force -WarningAction Stop; "$(@(Get-Command -Module LogScalePaging -CommandType Cmdlet).Count) cmdlets" }
    Step 'help of each cmdlet' {
        $names = @(Get-Command -Module LogScalePaging -CommandType Cmdlet | ForEach-Object Name)
        # Without its help file, PowerShell makes up a synopsis from the syntax.
        $without = @($names | Where-Object { (Get-Help $_).Synopsis -match "^\s*($_\s|$)" })
        Assert ($without.Count -eq 0) "There is no help for $without."
        Assert ("$(Get-Help about_LogScalePaging | Out-String)" -match 'LogScale') 'There is no help about_LogScalePaging.'
        "$($names.Count) pages"
    }
    Step 'simulator and connection' {
        $script:server = Start-LogScaleSimulator -EventCount 4000 -EventSpanHours 1 -EventRatePerMinute 0
        $null = $server | Connect-LogScale
    }
    Step 'search past 200 events' {
        $events = @(Invoke-QueryJob '#event_simpleName=ProcessRollup2' -Start 2h -SummaryVariable summary)
        Assert ($summary.State -eq 'Complete') "The state is $($summary.State): $($summary.Reason)."
        Assert ($events.Count -gt 200 -and $events.Count -eq @($events.'@id' | Sort-Object -Unique).Count) "$($events.Count) events were received."
        "$($summary.State), $($events.Count) events, $($summary.Strategy)"
    }
    Step 'parallel windows' {
        $null = Invoke-QueryJob '*' -Start 2h -Strategy Window -SummaryVariable summary
        Assert ($summary.State -eq 'Complete') "The state is $($summary.State): $($summary.Reason)."
        "$($summary.Received) events"
    }
    Step 'stop by Select-Object -First' {
        $first = @(Invoke-QueryJob '*' -Start 2h -WarningAction SilentlyContinue | Select-Object -First 3)
        Assert ($first.Count -eq 3 -and $server.LiveJobCount -eq 0) "$($first.Count) events, $($server.LiveJobCount) jobs are left."
    }
    foreach ($format in 'ndjson', 'json', 'csv') {
        Step "export and test $format" {
            $path = Join-Path $folder "events.$format"
            $export = Invoke-QueryJobExport '#event_simpleName=ProcessRollup2' $path -Start 2h
            $checked = Test-PagedExport $path
            Assert ($export.State -eq 'Complete' -and $checked.IsValid) "The state is $($export.State): $($export.Reason). $($checked.Failed)"
            "$($export.Events) events"
        }
    }
    Step 'export and read back gzip' {
        $export = Invoke-QueryJobExport '#event_simpleName=ProcessRollup2' "$file.gz" -Start 2h
        $events = @(Import-PagedExport "$file.gz")
        Assert ($events.Count -eq $export.Events) "$($events.Count) of $($export.Events) events were read."
        "$($events.Count) events"
    }
    Step 'resume after an error' {
        $path = Join-Path $folder resumed.ndjson
        $server.AddFault('403', 'Poll', 6, 1000)
        $null = Invoke-QueryJobExport '*' $path -Start 2h -Strategy Around -PageSize 100 -ErrorAction SilentlyContinue
        $server.ClearFaults()
        Assert (-not (Test-Path $path)) 'The export did not fail.'
        $export = Resume-PagedExport $path -WarningAction SilentlyContinue
        Assert ($export.State -eq 'Complete') "The state is $($export.State): $($export.Reason)."
        "$($export.Events) events"
    }
    Step 'plan, slices and merge' {
        $plan = Join-Path $folder plan.json
        $null = (New-PagedExportPlan '*' $plan -Start 2h -Slices 2).Slices | Invoke-PagedExportSlice -Plan $plan
        $whole = Merge-PagedExport $plan (Join-Path $folder whole.ndjson)
        Assert ($whole.State -eq 'Complete' -and (Test-PagedExport $whole.Path -Quiet)) "The state is $($whole.State): $($whole.Reason)."
        "$($whole.Events) events"
    }
    Step 'views' {
        $text = Invoke-QueryJob '*' -Start 2h -First 2 -WarningAction SilentlyContinue | Out-String -Width 120
        Assert ($text -match 'TimeCreated') 'The table has no column TimeCreated.'
    }
    Step 'Falcon NG-SIEM' {
        $null = Start-LogScaleSimulator -Gateway -EventCount 900 -EventSpanHours 1 | Connect-Falcon
        $null = Invoke-QueryJob '*' -Start 2h -SummaryVariable summary
        "$($summary.State), $($summary.Received) events"
    }
    Step 'Falcon REST' {
        $null = Start-LogScaleSimulator -System Falcon -EventCount 900 | Connect-Falcon
        $null = Invoke-FalconQuery /devices/combined/devices/v1 -SummaryVariable summary
        "$($summary.State), $($summary.Received) records"
    }
    Step 'Axiom' {
        $null = Start-LogScaleSimulator -System Axiom -EventCount 900 | Connect-Axiom
        $null = Invoke-AxiomQuery -Dataset demo -Start 2d -SummaryVariable summary
        "$($summary.State), $($summary.Received) events"
    }
    Step 'Tanium' {
        $null = Start-LogScaleSimulator -System Tanium -EventCount 900 | Connect-Tanium
        $null = Invoke-TaniumQuery endpoints -Property id, name -SummaryVariable summary
        "$($summary.State), $($summary.Received) records"
    }
    Step 'assemblies' {
        [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName() } |
            Where-Object Name -Match '^(LogScalePaging.*|Polly\.Core|System\.Text\.Json|System\.IO\.Hashing)$' |
            ForEach-Object { "$($_.Name) $($_.Version)" } | Sort-Object -Unique
    }
    Step 'remove' { Stop-LogScaleSimulator; Remove-Module LogScalePaging }
}

# The server and the token of the user must play no part.
Get-ChildItem Env: | Where-Object Name -Match '^(LOGSCALE|FALCON|AXIOM|TANIUM)_|^CA_BUNDLE$' | ForEach-Object { Remove-Item "Env:$($_.Name)" }
$manifest = Join-Path $PSScriptRoot LogScalePaging.psd1
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "LogScalePaging-test-$([guid]::NewGuid().ToString('n'))"
$file = Join-Path $folder events.ndjson

'```text'
"PowerShell  $($PSVersionTable.PSVersion) $($PSVersionTable.PSEdition), $([IntPtr]::Size * 8) bit"
"System      $([Environment]::OSVersion.VersionString), culture $((Get-Culture).Name), code page $([Console]::OutputEncoding.CodePage)"
".NET        $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)"
"Language    $($ExecutionContext.SessionState.LanguageMode)"
try {
    $null = New-Item $folder -ItemType Directory
    Step 'manifest' { "version $((Test-ModuleManifest $manifest).Version)" }
    Step 'import' { Import-Module $manifest; "$(@(Get-Command -Module LogScalePaging -CommandType Cmdlet).Count) cmdlets" }
    # Without the module, each step would fail for the same reason.
    if (Get-Module LogScalePaging) { Test-Module }
}
finally { Remove-Item $folder -Recurse -Force -ErrorAction Ignore }
"$passed passed, $failed failed"
'```'
exit [int]($failed -gt 0)
