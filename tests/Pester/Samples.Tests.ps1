# The samples run as they are written.
BeforeDiscovery {
    $tool = Resolve-Path "$PSScriptRoot/../../src/LogScalePaging.Cli/bin/*/net10.0/logscale-paging" -ErrorAction Ignore | Select-Object -Last 1
    $canRunScript = $tool -and (Get-Command bash -ErrorAction Ignore) -and -not $IsWindows -and -not $IsMacOS
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $samples = Resolve-Path "$PSScriptRoot/../../samples"
}

Describe 'The sample runbook' {
    It 'passes the tests beside it' {
        # In a separate PowerShell, because Pester does not run within Pester.
        $command = "Import-Module '$((Get-Module Pester).Path)'; `$r = Invoke-Pester '$samples/Runbook.Tests.ps1' -PassThru; exit [int](`$r.FailedCount + `$r.FailedContainersCount -gt 0 -or `$r.PassedCount -lt 4)"
        $output = Invoke-Shell -NoProfile -NonInteractive -Command $command
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
    }
}

Describe 'The scheduled export' -Skip:(-not $canRunScript) {
    BeforeAll {
        $tool = (Resolve-Path "$PSScriptRoot/../../src/LogScalePaging.Cli/bin/*/net10.0/logscale-paging" | Select-Object -Last 1).Path
        $server = New-TestServer @{ EventCount = 20000; EventSpanHours = 48 }
        $folder = (New-Item -ItemType Directory "$TestDrive/exports").FullName
        function Invoke-Sample {
            $environment = @{
                LOGSCALE_PAGING = $tool; LOGSCALE_BASE_URL = $server.BaseUrl; LOGSCALE_REPO = $server.Repository
                LOGSCALE_TOKEN  = [System.Net.NetworkCredential]::new('', $server.Token).Password
            }
            $environment.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $environment[$_]) }
            try { $null = & bash "$samples/scheduled-export.sh" $folder '#event_simpleName=ProcessRollup2' 2>&1 }
            finally { $environment.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) } }
            $LASTEXITCODE
        }
    }

    AfterAll { $server | Stop-LogScaleSimulator }

    It 'fails while the server fails, exports the day when it works again, and does not export a complete day again' {
        $server.AddFault('403', 'Create', 1, 1000)
        Invoke-Sample | Should -Not -Be 0

        $server.ClearFaults()
        Invoke-Sample | Should -Be 0
        $manifest = Get-Content "$folder/*.manifest.json" -Raw | ConvertFrom-Json
        $manifest.state | Should -Be Complete
        $manifest.counts.written | Should -BeGreaterThan 1000

        $requests = $server.RequestCount
        Invoke-Sample | Should -Be 0
        $server.RequestCount | Should -Be $requests
        $server.LiveJobCount | Should -Be 0
    }
}

Describe 'The samples of slices' -Skip:(-not $canRunScript) {
    BeforeAll {
        $tool = (Resolve-Path "$PSScriptRoot/../../src/LogScalePaging.Cli/bin/*/net10.0/logscale-paging" | Select-Object -Last 1).Path
        $server = New-TestServer @{ EventCount = 2000 }
        $case = (New-Item -ItemType Directory "$TestDrive/case").FullName
        $plan = New-PagedExportPlan '*' "$case/plan.json" -Start 24h -Slices 3
        # What stands for an engine: it runs what it is given, once for each line of its input.
        $bin = (New-Item -ItemType Directory "$TestDrive/bin").FullName
        Set-Content "$bin/parallel" "#!/bin/bash`nwhile [[ `$1 == --* ]]; do shift 2; done`nwhile read -r i; do `"`${@//\{\}/`$i}`" || exit 1; done"
        Set-Content "$bin/scontrol" "#!/bin/bash`necho `"`$@`" >> $case/requeued"
        chmod +x "$bin/parallel" "$bin/scontrol"
        function Invoke-Sample([hashtable] $With, [scriptblock] $Run) {
            $variables = @{
                LOGSCALE_PAGING = $tool; LOGSCALE_BASE_URL = $server.BaseUrl; LOGSCALE_REPO = $server.Repository
                LOGSCALE_TOKEN  = [System.Net.NetworkCredential]::new('', $server.Token).Password; PATH = "${bin}:$env:PATH"
            } + $With
            $before = @{}
            $variables.Keys | ForEach-Object { $before[$_] = [Environment]::GetEnvironmentVariable($_); [Environment]::SetEnvironmentVariable($_, $variables[$_]) }
            try { $null = & $Run 2>&1 } finally { $before.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $before[$_]) } }
            $LASTEXITCODE
        }
    }

    BeforeEach { Remove-Item "$case/slice-*" -Recurse }

    AfterAll { $server | Stop-LogScaleSimulator }

    It 'exports every slice with parallel' {
        Invoke-Sample @{} { bash "$samples/slices-parallel.sh" "$case/plan.json" 2 } | Should -Be 0
        (Merge-PagedExport "$case/plan.json" -Force).State | Should -Be Complete
    }

    It 'exports the slice of a Slurm task, and queues the task again only if another try may help' {
        Invoke-Sample @{ SLURM_ARRAY_TASK_ID = 1; SLURM_JOB_ID = 7 } { bash "$samples/slices-slurm.sh" "$case/plan.json" } | Should -Be 0
        @(Get-ChildItem "$case/slice-*-00001.ndjson").Count | Should -Be 1
        Invoke-Sample @{ SLURM_ARRAY_TASK_ID = 9; SLURM_JOB_ID = 7 } { bash "$samples/slices-slurm.sh" "$case/plan.json" } | Should -Be 65
        "$case/requeued" | Should -Not -Exist
        $partial = New-Item -ItemType Directory "$($plan.PlanPath | Split-Path)/slice-$($plan.PlanId.Substring(0, 8))-00002.ndjson.partial"
        $lock = [IO.File]::Open("$partial/lock", 'OpenOrCreate', 'ReadWrite', 'None')
        try { Invoke-Sample @{ SLURM_ARRAY_TASK_ID = 2; SLURM_JOB_ID = 7 } { bash "$samples/slices-slurm.sh" "$case/plan.json" } | Should -Be 75 }
        finally { $lock.Dispose() }
        Get-Content "$case/requeued" | Should -Be 'requeue 7'
    }

    It 'exports the slice of a pod' {
        $text = Get-Content "$samples/slices-kubernetes.yaml" -Raw
        $text | Should -Match 'completionMode: Indexed'
        $null = $text -match 'args: (\[.*\])'
        $arguments = ($Matches[1] | ConvertFrom-Json) -replace '^/case/', "$case/"
        Invoke-Sample @{ JOB_COMPLETION_INDEX = 2 } { & $tool @arguments } | Should -Be 0
        @(Get-ChildItem "$case/slice-*-00002.ndjson").Count | Should -Be 1
    }
}
