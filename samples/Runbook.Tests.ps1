# Tests Runbook.ps1 against a simulated server, with mocked Azure commands and faults. Run it with Pester 5:
#   Invoke-Pester samples/Runbook.Tests.ps1
BeforeAll {
    # Uses the module in LOGSCALEPAGING_MODULE if it is set, else the installed module.
    Import-Module ($env:LOGSCALEPAGING_MODULE, 'LogScalePaging' | Where-Object { $_ } | Select-Object -First 1)

    # Pester can mock only commands that exist, and Azure's modules may not be installed.
    function Get-AutomationVariable($Name) { }
    function Get-AutomationPSCredential($Name) { }
    function Connect-AzAccount([switch] $Identity) { }
    function New-AzStorageContext($StorageAccountName, [switch] $UseConnectedAccount) { }
    function Get-AzStorageBlob($Container, $Context, $Prefix) { }
    function Set-AzStorageBlobContent($File, $Blob, $Container, $Context, [switch] $Force) { }
    function Get-AzStorageBlobContent($Blob, $Destination, $Container, $Context, [switch] $Force) { }
    function Remove-AzStorageBlob($Blob, $Container, $Context) { }

    # The default day is yesterday: two days of events hold it.
    $server = Start-LogScaleSimulator -EventCount 20000 -EventSpanHours 48 -EventRatePerMinute 0
    $arguments = @{ Query = '#event_simpleName=ProcessRollup2' }
    $name = '{0:yyyy-MM-dd}.ndjson.gz' -f [datetime]::UtcNow.AddDays(-1)
}

AfterAll {
    $server | Stop-LogScaleSimulator
}

Describe 'Runbook' {
    BeforeEach {
        $server.ClearFaults()
        # The container is a folder.
        $blobs = Join-Path $TestDrive ([guid]::NewGuid())
        $temporary = (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())").FullName
        $saved = $env:TMPDIR, $env:TMP
        $env:TMPDIR = $env:TMP = $temporary
        Mock Get-AutomationVariable { @{ LogScaleBaseUrl = $server.BaseUrl; LogScaleRepository = $server.Repository; ExportStorageAccount = 'logs' }[$Name] }
        Mock Get-AutomationPSCredential { [pscredential]::new('token', $server.Token) }
        Mock Connect-AzAccount { }
        Mock New-AzStorageContext { 'context' }
        Mock Get-AzStorageBlob {
            Get-ChildItem $blobs -Recurse -File -ErrorAction Ignore | ForEach-Object { [pscustomobject]@{ Name = $_.FullName.Substring($blobs.Length + 1).Replace('\', '/') } } |
                Where-Object { $_.Name.StartsWith($Prefix) }
        }
        Mock Set-AzStorageBlobContent { $null = New-Item -ItemType Directory (Split-Path "$blobs/$Blob") -Force; Copy-Item $File "$blobs/$Blob" }
        Mock Get-AzStorageBlobContent { Copy-Item "$blobs/$Blob" $Destination }
        Mock Remove-AzStorageBlob { Remove-Item "$blobs/$Blob" }
    }
    AfterEach {
        $env:TMPDIR, $env:TMP = $saved
        # It leaves no file and no query job behind, however it ends.
        Get-ChildItem $temporary | Should -BeNullOrEmpty
        $server.LiveJobCount | Should -Be 0
    }

    It 'stores a day of events, which can be verified after a download' {
        $result = & "$PSScriptRoot/Runbook.ps1" @arguments

        $result.State | Should -Be Complete
        $result.Events | Should -BeGreaterThan 200
        $checked = Test-PagedExport "$blobs/$name"
        $checked.IsValid | Should -BeTrue -Because "$checked"
        # The manifest knows the blob by its own name.
        $checked.Note | Should -BeNullOrEmpty
        $manifest = Get-Content "$blobs/$name.manifest.json" -Raw | ConvertFrom-Json
        $manifest.counts.written | Should -Be $result.Events
        ([datetimeoffset]$manifest.range.endUtc - [datetimeoffset]$manifest.range.startUtc).TotalHours | Should -Be 24
    }

    It 'does not export a complete day again' {
        $null = & "$PSScriptRoot/Runbook.ps1" @arguments
        $requests = $server.RequestCount
        & "$PSScriptRoot/Runbook.ps1" @arguments | Should -BeLike '*is complete*'
        $server.RequestCount | Should -Be $requests
    }

    It 'survives a server that fails now and then' {
        $server.AddFault('503', 'Poll', 0, 2)
        $server.AddFault('ExpireJob', 'Poll', 0, 1)

        (& "$PSScriptRoot/Runbook.ps1" @arguments).State | Should -Be Complete
    }

    It 'stores nothing under the name of the day when the export fails' {
        $server.AddFault('403', 'Create', 0, 1000)

        { & "$PSScriptRoot/Runbook.ps1" @arguments } | Should -Throw
        Get-Item "$blobs/$name*" -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'ends before the sandbox does, and goes on in the next one with what was stored' {
        # One request is never answered. Page by page, because one window would hold all of these few events.
        $server.AddFault('Hang', 'Create', 6, 1)
        & "$PSScriptRoot/Runbook.ps1" @arguments -Strategy Around -StopAfter '3s' -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warned" | Should -Match 'The next run goes on'
        Get-Item "$blobs/$name*" | Should -BeNullOrEmpty
        $stored = (Get-ChildItem "$blobs/unfinished/$name").Name
        $stored | Should -Contain 'checkpoint.json'
        $stored | Should -Not -Contain 'lock'

        $server.ClearFaults()
        $before = $server.RequestCount
        $result = & "$PSScriptRoot/Runbook.ps1" @arguments -Strategy Around
        $continued = $server.RequestCount - $before
        $result.State | Should -Be Complete
        Get-ChildItem "$blobs/unfinished" -Recurse -File | Should -BeNullOrEmpty

        # The same bytes as those of a run that was not interrupted, with fewer requests than that.
        Remove-Item "$blobs/*" -Recurse
        $before = $server.RequestCount
        (& "$PSScriptRoot/Runbook.ps1" @arguments -Strategy Around).Sha256 | Should -Be $result.Sha256
        $continued | Should -BeLessThan ($server.RequestCount - $before)
    }

    It 'fails if the stored blob differs from the file' {
        Mock Get-AzStorageBlobContent { Set-Content $Destination 'something else' }
        { & "$PSScriptRoot/Runbook.ps1" @arguments } | Should -Throw '*differs from the file*'
        # The manifest, which marks the day as complete, was not stored.
        Get-Item "$blobs/$name.manifest.json" -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
