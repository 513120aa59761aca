@{
    # A clone has no assemblies, and its manifest says so. The build removes this line, and the mark '#out#' of the others.
    RootModule             = 'build/BuildFirst.psm1'
    # On PowerShell 7 the loader comes first: it keeps the engine and its dependencies in a separate load context. Import-PowerShellDataFile
    # does not read expressions, Test-ModuleManifest does. A script module that chooses the files would add about 50 ms to each import.
    #out# RootModule             = if ($PSEdition -eq 'Core') { 'bin/net8.0/LogScalePaging.dll' } else { 'LogScalePaging.Desktop.psm1' }
    #out# NestedModules          = if ($PSEdition -eq 'Core') { @('bin/net8.0/LogScalePaging.Loader.dll') } else { @() }
    #out# FormatsToProcess       = @('LogScalePaging.Format.ps1xml')
    # An older PowerShell says which version is needed, before it tries to load anything.
    #out# PowerShellVersion      = if ($PSEdition -eq 'Core') { '7.4' } else { '5.1' }
    ModuleVersion          = '0.2.0'
    GUID                   = '6a3f5c0e-6f0e-4b52-9d53-1c0c7d8c1f4e'
    Author                 = 'The LogScalePaging authors'
    CompanyName            = 'Community'
    Copyright              = '(c) 2026 The LogScalePaging authors. MIT licensed.'
    Description            = 'Retrieves every record that a query of CrowdStrike LogScale, Falcon NG-SIEM, Falcon REST, Axiom or Tanium matches, and proves it with a count.'
    CompatiblePSEditions   = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Connect-Axiom'
        'Connect-Falcon'
        'Connect-LogScale'
        'Connect-Tanium'
        'Disconnect-Axiom'
        'Disconnect-Falcon'
        'Disconnect-LogScale'
        'Disconnect-Tanium'
        'Get-FalconChildCid'
        'Get-LogScaleConnection'
        'Get-QueryJob'
        'Get-QueryJobPage'
        'Import-PagedExport'
        'Invoke-AxiomExport'
        'Invoke-AxiomQuery'
        'Invoke-FalconExport'
        'Invoke-FalconQuery'
        'Invoke-PagedExportSlice'
        'Invoke-QueryJob'
        'Invoke-QueryJobExport'
        'Invoke-TaniumExport'
        'Invoke-TaniumQuery'
        'Measure-QueryJob'
        'Merge-PagedExport'
        'New-PagedExportPlan'
        'New-PagedExportReport'
        'New-QueryJob'
        'Resume-PagedExport'
        'Send-QueryJobHeartbeat'
        'Show-PagedExport'
        'Start-LogScaleSimulator'
        'Stop-LogScaleSimulator'
        'Stop-QueryJob'
        'Test-LogScaleConnection'
        'Test-PagedExport'
        'Wait-QueryJob'
    )
    VariablesToExport      = @()
    AliasesToExport        = @('Get-LogScaleEvent', 'Resume-QueryJobExport', 'Test-QueryJobExport')
    PrivateData            = @{
        PSData = @{
            Tags         = @('LogScale', 'Humio', 'CrowdStrike', 'Falcon', 'NGSIEM', 'Axiom', 'Tanium', 'SIEM', 'CQL', 'Paging', 'Export', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            # Every build fills in ProjectUrl of Directory.Build.props.
            #out# ProjectUri   = '{ProjectUrl}'
            #out# LicenseUri   = '{ProjectUrl}/blob/main/LICENSE'
            #out# IconUri      = '{ProjectUrl}/raw/main/docs/icon.png'
            # ./build.ps1 -Task Package replaces this by the newest section of CHANGELOG.md, and adds FileList.
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
