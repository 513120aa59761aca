# Tests Runbook.ps1 against a simulated server, with mocked Azure commands. Run it with Pester 5:
#   Invoke-Pester samples/Runbook.Tests.ps1
BeforeAll {
    # Uses the module in LOGSCALEPAGING_MODULE if it is set, else the installed module.
    Import-Module ($env:LOGSCALEPAGING_MODULE, 'LogScalePaging' | Where-Object { $_ } | Select-Object -First 1)

    # Pester can mock only commands that exist, and Azure's modules may not be installed.
    function Get-AutomationPSCredential($Name) { }
    function Connect-AzAccount([switch] $Identity) { }
    function New-AzStorageContext($StorageAccountName, [switch] $UseConnectedAccount) { }
    function Set-AzStorageBlobContent($File, $Blob, $Container, $Context, [switch] $Force) { }

    $server = Start-LogScaleSimulator -EventCount 5000
    $arguments = @{
        BaseUrl        = $server.BaseUrl
        Repository     = $server.Repository
        StorageAccount = 'logs'
        Query          = '#event_simpleName=ProcessRollup2'
        Start          = '1h'
    }
}

AfterAll {
    $server | Stop-LogScaleSimulator
}

Describe 'Runbook' {
    BeforeEach {
        $server.ClearFaults()
        Mock Get-AutomationPSCredential { [pscredential]::new('token', $server.Token) }
        Mock Connect-AzAccount { }
        Mock New-AzStorageContext { 'context' }
        Mock Set-AzStorageBlobContent { Copy-Item $File (Join-Path $TestDrive $Blob) }
    }

    It 'stores the events and their manifest' {
        $result = & "$PSScriptRoot/Runbook.ps1" @arguments

        $result.State | Should -Be Complete
        $result.Events | Should -BeGreaterThan 200
        $manifest = Get-Item "$TestDrive/*.manifest.json"
        (Get-Content $manifest -Raw | ConvertFrom-Json).counts.written | Should -Be $result.Events
        (Get-FileHash (Get-Item "$TestDrive/*.ndjson.gz")).Hash | Should -Be $result.Sha256
    }

    It 'stores what can be verified after it is downloaded' {
        $null = & "$PSScriptRoot/Runbook.ps1" @arguments

        $stored = Get-Item "$TestDrive/*.ndjson.gz"
        $stored.Name | Should -Match '^\d{4}-\d\d-\d\d\.ndjson\.gz$'
        $checked = $stored | Test-PagedExport
        $checked.IsValid | Should -BeTrue -Because "$checked"
        $checked.State | Should -Be Complete
        # The manifest knows the blob by its own name.
        $checked.Note | Should -BeNullOrEmpty
        (Get-Content "$stored.manifest.json" -Raw | ConvertFrom-Json).files[0].path | Should -Be $stored.Name
    }

    It 'leaves no file behind' {
        $temporary = (New-Item -ItemType Directory "$TestDrive/temporary").FullName
        $saved = $env:TMPDIR, $env:TMP
        try {
            $env:TMPDIR = $env:TMP = $temporary
            $null = & "$PSScriptRoot/Runbook.ps1" @arguments
            $server.AddFault('403', 'Create', 0, 1000)
            { & "$PSScriptRoot/Runbook.ps1" @arguments } | Should -Throw
        }
        finally {
            $env:TMPDIR, $env:TMP = $saved
        }
        Get-ChildItem $temporary | Should -BeNullOrEmpty
    }

    It 'survives a server that fails now and then' {
        $server.AddFault('503', 'Poll', 0, 2)
        $server.AddFault('ExpireJob', 'Poll', 0, 1)

        (& "$PSScriptRoot/Runbook.ps1" @arguments).State | Should -Be Complete
    }

    It 'stores nothing when the export fails' {
        $server.AddFault('403', 'Create', 0, 1000)

        { & "$PSScriptRoot/Runbook.ps1" @arguments } | Should -Throw
        Should -Invoke Set-AzStorageBlobContent -Times 0 -Exactly
    }

    It 'leaves no query job behind' {
        $null = & "$PSScriptRoot/Runbook.ps1" @arguments

        $server.LiveJobCount | Should -Be 0
    }
}
