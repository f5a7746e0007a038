; Puts Relume among the programs that Windows offers to open a picture with, beside the one that opens it now:
; electron-builder's own associations would take that one's place.
; https://learn.microsoft.com/windows/win32/shell/how-to-include-an-application-on-the-open-with-dialog-box

!macro opensFiles EXTENSION
  WriteRegStr SHELL_CONTEXT "${OPEN_WITH}\SupportedTypes" ".${EXTENSION}" ""
!macroend

!macro tellExplorer
  ; SHCNE_ASSOCCHANGED, SHCNF_FLUSH
  System::Call "shell32::SHChangeNotify(i,i,i,i) (0x08000000, 0x1000, 0, 0)"
!macroend

!macro customInstall
  !define /redef OPEN_WITH "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHELL_CONTEXT "${OPEN_WITH}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "${OPEN_WITH}\shell\open\command" "" '"$appExe" "%1"'
  !insertmacro opensFiles "jpg"
  !insertmacro opensFiles "jpeg"
  !insertmacro opensFiles "png"
  !insertmacro opensFiles "webp"
  !insertmacro opensFiles "tif"
  !insertmacro opensFiles "tiff"
  !insertmacro opensFiles "avif"
  !insertmacro opensFiles "heic"
  !insertmacro opensFiles "heif"
  !insertmacro opensFiles "dng"
  !insertmacro tellExplorer
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  !insertmacro tellExplorer
!macroend
