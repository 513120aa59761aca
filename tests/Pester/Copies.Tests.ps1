BeforeDiscovery {
    # Every object that has a view of the module.
    $kinds = 'event', 'result', 'result of several files', 'summary', 'verification', 'job', 'state of a job', 'page' | ForEach-Object { @{ Kind = $_ } }
}

Describe 'A <Kind>' -ForEach $kinds {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        $object = switch ($Kind) {
            'event' { Invoke-QueryJob $Query -Start 2h -First 1 }
            'result' { Invoke-QueryJobExport '*' (Join-Path $TestDrive one.ndjson) -Start 2h }
            'result of several files' { Invoke-QueryJobExport '*' (Join-Path $TestDrive several.ndjson) -Start 2h -MaxFileEvents 1000 }
            'summary' { $null = Invoke-QueryJob '*' -Start 2h -First 3 -SummaryVariable summary; $summary }
            'verification' { $null = Invoke-QueryJobExport '*' (Join-Path $TestDrive checked.ndjson) -Start 2h; Test-PagedExport (Join-Path $TestDrive checked.ndjson) }
            'job' { New-QueryJob '*' -Start 2h }
            'state of a job' { New-QueryJob '*' -Start 2h | Wait-QueryJob }
            'page' { New-QueryJob '*' -Start 2h | Get-QueryJobPage -AsPage -First 5 -WarningAction Ignore }
        }
        $shown = $object | Out-String -Width 200
        $saved = Join-Path $TestDrive saved.xml
        $object | Export-Clixml $saved
    }
    AfterAll { Stop-LogScaleSimulator }

    It 'from Import-Clixml is shown as it was, before any cmdlet has run' {
        $shell = New-OtherPowerShell @{ saved = $saved }
        try { $shell.AddScript('Import-Clixml $saved | Out-String -Width 200').Invoke() | Should -BeExactly $shown }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    # A job sends objects to a depth of 1, and adds properties.
    It 'from a job is shown as it was' {
        $sent = [System.Management.Automation.PSSerializer]::Serialize($object, 1)
        $copy = [System.Management.Automation.PSSerializer]::Deserialize($sent)
        $copy | Add-Member -NotePropertyMembers @{ RunspaceId = [guid]::NewGuid(); PSComputerName = 'host'; PSShowComputerName = $false; PSSourceJobInstanceId = [guid]::NewGuid() }
        $copy | Out-String -Width 200 | Should -BeExactly $shown
    }
}

Describe 'Start-Job' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        $connection = (New-QueryJob '*' -Start 1h).Connection
        function Invoke-InJob([scriptblock] $Work) {
            $job = Start-Job $Work -ArgumentList $ModulePath, $connection, (Join-Path $TestDrive job.ndjson)
            try { $job | Receive-Job -Wait -AutoRemoveJob }
            finally { $job | Remove-Job -Force -ErrorAction Ignore }
        }
    }
    AfterAll { Stop-LogScaleSimulator }

    It 'returns a result that shows its file and its range' {
        $text = Invoke-InJob {
            param($Module, $Connection, $Path)
            Import-Module $Module
            $null = Start-LogScaleSimulator -EventCount 300 | Connect-LogScale
            Invoke-QueryJobExport '*' $Path -Start 2h
        } | Out-String -Width 200
        $text | Should -Match "File +: .*job\.ndjson"
        $text | Should -Match 'Range +: 2\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z … 2'
    }

    It 'with a connection object says to connect inside the job' {
        $message = Invoke-InJob {
            param($Module, $Connection)
            Import-Module $Module
            try { Invoke-QueryJob '*' -Connection $Connection } catch { "$_" }
        }
        $message | Should -BeLike '*copy of a connection*Connect inside the job with Connect-LogScale, or set*LOGSCALE_`**'
        $message | Should -Not -Match 'Deserialized'
    }
}

Describe 'A copy of a job' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1"; $server = New-TestServer }
    AfterAll { Stop-LogScaleSimulator }

    It 'is taken by its id, with the connection of the session' {
        $job = New-QueryJob '*' -Start 1h
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($job, 2))
        ($copy | Get-QueryJob).Id | Should -Be $job.Id
        (Get-QueryJob $copy).Id | Should -Be $job.Id
    }

    It 'does not lend its connection, also to Disconnect-LogScale' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((New-QueryJob '*').Connection, 2))
        foreach ($work in { Disconnect-LogScale $copy }, { Get-QueryJob -Connection $copy }, { $copy | Disconnect-LogScale -ErrorAction Stop }) {
            $caught = try { & $work } catch { $_ }
            "$caught" | Should -BeLike '*copy of a connection*' -Because "$work"
        }
        Get-QueryJob | Should -Not -BeNullOrEmpty
    }
}
